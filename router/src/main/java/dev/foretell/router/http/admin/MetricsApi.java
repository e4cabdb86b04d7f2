package dev.foretell.router.http.admin;

import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /metrics}, for Prometheus. Each event loop has one. */
public final class MetricsApi implements RouteGroup {
    private final Metrics metrics;
    private final BackgroundWork work;

    public MetricsApi(Metrics metrics, BackgroundWork work) {
        this.metrics = metrics;
        this.work = work;
    }

    @Override
    public void addTo(Routes routes) {
        routes.always("/metrics", this::get);
    }

    private Future<Object> get(RoutingContext ctx) {
        String form = Metrics.form(ctx.request().getHeader(HttpHeaders.ACCEPT));
        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, form);
        return ChunkedResponse.send(ctx.request(), work, () -> metrics.pieces(form));
    }
}
