package dev.foretell.router.http.admin;

import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.JsonPieces;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/** The health of the router and its workers, for load balancers, orchestrators and people. */
public final class HealthApi {
    /** The response of {@code GET /livez}. */
    private record Liveness(boolean live) {}

    private final WorkerViews views;
    private final RequestCounts counts;
    private final Readiness readiness;
    private final LongSupplier uptimeSeconds;
    private final BackgroundWork work;

    public HealthApi(
            WorkerViews views,
            RequestCounts counts,
            Readiness readiness,
            LongSupplier uptimeSeconds,
            BackgroundWork work) {
        this.views = views;
        this.counts = counts;
        this.readiness = readiness;
        this.uptimeSeconds = uptimeSeconds;
        this.work = work;
    }

    /** {@code GET /elb-healthcheck}: 503 while no registered worker can take a call. */
    Future<Object> elb(RoutingContext ctx) {
        int capacity = views.capacityPercent();
        ctx.response().setStatusCode(capacity == 0 ? 503 : 200);
        return ChunkedResponse.json(ctx.request(), work, () -> describe(capacity));
    }

    private JsonPieces describe(int capacity) {
        return JsonPieces.of(new ElbHealthcheck(
                uptimeSeconds.getAsLong(),
                capacity,
                ElbHealthcheck.Requests.of(counts),
                views.health(),
                views.models()));
    }

    /** {@code GET /livez}: the process and its event loop run. */
    Future<Object> live(RoutingContext ctx) {
        return Future.succeededFuture(new Liveness(true));
    }

    /**
     * {@code GET /readyz}: 503 until the state is restored and the workers have been probed once, and while draining.
     */
    Future<Object> ready(RoutingContext ctx) {
        ctx.response().setStatusCode(readiness.isReady() ? 200 : 503);
        return Future.succeededFuture(readiness.describe());
    }
}
