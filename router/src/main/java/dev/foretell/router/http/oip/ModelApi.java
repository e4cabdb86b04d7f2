package dev.foretell.router.http.oip;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** {@code /v2/models/{model}}: the metadata and readiness of a model. */
record ModelApi(OipModels models) {
    /** The response of {@code GET /v2/models/{model}/ready}. */
    private record ModelReadiness(String name, boolean ready) {}

    Future<Object> metadata(RoutingContext ctx) {
        return Future.succeededFuture(ModelMetadata.of(models.of(ctx)));
    }

    Future<Object> ready(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        boolean ready = model.isReady();
        ctx.response().setStatusCode(ready ? 200 : 503);
        return Future.succeededFuture(new ModelReadiness(model.name(), ready));
    }

    Future<Object> config(RoutingContext ctx) {
        return Future.succeededFuture(TritonConfig.of(models.of(ctx)));
    }
}
