package dev.foretell.router.http;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.Seat;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the routes of every event loop share. Thread-safe. */
public final class RouterApi {
    private volatile HttpConfig config;
    private volatile Guard.Rule guarding;
    private final Readiness readiness;
    private final RoutingTables tables;
    private final WorkersMapApi map;
    private final WorkersApi workers;
    private final ConfigApi settings;
    private final HealthApi health;
    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final List<RouteGroup.Factory> groups;

    public RouterApi(
            HttpConfig config,
            Readiness readiness,
            RoutingTables tables,
            Leases leases,
            DrainOrders drainOrders,
            EndpointPools pools,
            HealthMonitor monitor,
            RequestCounts counts,
            LiveConfig settings,
            ModelRegistry models,
            HeavyWork work,
            List<RouteGroup.Factory> groups) {
        long startNanos = System.nanoTime();
        WorkerViews views = new WorkerViews(pools, monitor, leases);
        this.config = config;
        this.guarding = Guard.Rule.of(config);
        this.readiness = readiness;
        this.tables = tables;
        this.pools = pools;
        this.settings = new ConfigApi(settings);
        this.groups = List.copyOf(groups);
        this.monitor = monitor;
        this.map = new WorkersMapApi(
                tables,
                leases,
                views,
                models,
                this::lookAtRegistered,
                config,
                work,
                () -> pools.routing().maxEntries());
        this.workers =
                new WorkersApi(views, drainOrders, work, () -> tables.current().revision());
        this.health = new HealthApi(
                views,
                counts,
                readiness,
                () -> Duration.ofNanos(System.nanoTime() - startNanos).toSeconds(),
                work);
    }

    /** Goes by other settings from now on, those of who may change what and of what is logged. */
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

    List<RouteGroup> groups(Vertx vertx, Answers answers, AccessLog log) {
        return groups.stream().map(group -> group.on(vertx, answers, log)).toList();
    }

    Router routes(Vertx vertx, Dialects dialects, List<RouteGroup> here) {
        return RouterRoutes.create(vertx, dialects, guard(), readiness, settings, map, workers, health, here);
    }

    Guard guard() {
        return new Guard(() -> guarding);
    }

    RouteView routeView() {
        return new RouteView(() -> tables.current().revision());
    }

    /** A worker that was down and registers again has most likely just come back. */
    private void lookAtRegistered(RoutingMap registered) {
        registered.models().forEach((key, model) -> pools.find(key).ifPresent(pool -> lookAt(pool, model)));
    }

    private void lookAt(EndpointPool pool, RoutingMap.Model registered) {
        Set<WorkerId> workers =
                registered.workers().stream().map(WorkerEntry::id).collect(Collectors.toSet());
        pool.seats().stream()
                .filter(seat -> !seat.endpoint().isUp() && workers.contains(seat.worker()))
                .map(Seat::endpoint)
                .forEach(monitor::probeNow);
    }
}
