package dev.foretell.router.http.oip;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
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
        view.put("max_batch_size", 0);
        view.put("input", model.inputs().stream().map(ModelApi::configured).toList());
        view.put("output", model.outputs().stream().map(ModelApi::configured).toList());
        return Future.succeededFuture(view);
    }

    private static Map<String, Object> configured(TensorSpec spec) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", spec.name());
        view.put("data_type", "TYPE_" + (spec.datatype() == Datatype.BYTES ? "STRING" : spec.datatype()));
        view.put("dims", List.copyOf(spec.shape()));
        return view;
    }
}
