package dev.foretell.router.http;

import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.Guard;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.edge.WriteLog;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.LongSupplier;

/** The shared parts of the routes of all event loops. Thread-safe. */
public final class RouterApi {
    private volatile HttpConfig config;
    private volatile Guard.Rule guarding;
    private final Readiness readiness;
    private final LongSupplier revision;
    private final WriteLog writes;
    private final List<RouteGroup.Factory> groups;

    /** @param revision the revision of the routing table */
    public RouterApi(
            HttpConfig config,
            Readiness readiness,
            LongSupplier revision,
            WriteLog writes,
            List<RouteGroup.Factory> groups) {
        this.writes = writes;
        this.config = config;
        this.guarding = Guard.Rule.of(config);
        this.readiness = readiness;
        this.revision = revision;
        this.groups = List.copyOf(groups);
    }

    /** Uses new settings for access and the access log from now on. */
    public void adopt(HttpConfig next) {
        guarding = Guard.Rule.of(next);
        config = next;
    }

    HttpConfig config() {
        return config;
    }

    Readiness readiness() {
        return readiness;
    }

    List<RouteGroup> groups(Vertx vertx, PredictService answers, AccessLog log) {
        return groups.stream().map(group -> group.on(vertx, answers, log)).toList();
    }

    Router routes(Vertx vertx, Dialects dialects, List<RouteGroup> here) {
        return RouterRoutes.create(vertx, dialects, guard(), readiness, writes, here);
    }

    Guard guard() {
        return new Guard(() -> guarding);
    }

    /** The revision of the routing table. */
    LongSupplier revision() {
        return revision;
    }
}
