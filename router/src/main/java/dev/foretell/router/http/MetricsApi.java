package dev.foretell.router.http;

import dev.foretell.router.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** {@code GET /metrics}, for Prometheus. Each event loop has one, which reads once for all who ask meanwhile. */
public final class MetricsApi implements RouteGroup {
    private final Metrics metrics;
    private final Map<String, Future<Buffer>> underWay = new HashMap<>();

    public MetricsApi(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void addTo(Routes routes) {
        routes.always("/metrics", this::get);
    }

    private Future<Object> get(RoutingContext ctx) {
        String form = Metrics.form(ctx.request().getHeader(HttpHeaders.ACCEPT));
        Future<Buffer> shared = underWay.get(form);
        if (shared == null) {
            shared = ctx.vertx().executeBlocking(() -> Buffer.buffer(metrics.read(form)), false);
            underWay.put(form, shared);
            shared.onComplete(read -> underWay.remove(form));
        }
        return shared.map(text -> {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, form);
            return text;
        });
    }
}
