package dev.foretell.router.http.oip;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v2/models/{model}}: what a model is, and whether it can be called. */
record ModelApi(OipModels models) {
    Future<Object> metadata(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", model.name());
        if (!model.versions().isEmpty()) {
            view.put("versions", model.versions());
        }
        view.put("platform", model.platform());
        view.put("inputs", model.inputs());
        view.put("outputs", model.outputs());
        return Future.succeededFuture(view);
    }

    Future<Object> ready(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        boolean ready = model.isReady();
        ctx.response().setStatusCode(ready ? 200 : 503);
        return Future.succeededFuture(Map.of("name", model.name(), "ready", ready));
    }

    Future<Object> config(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", model.name());
        view.put("platform", model.platform());
        view.putAll(TritonConfig.of(model));
        return Future.succeededFuture(view);
    }
}
