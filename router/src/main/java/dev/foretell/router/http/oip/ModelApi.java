package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.http.oip.model.OipModels;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /v2/models/{model}}: the metadata and readiness of a model. */
record ModelApi(OipModels models) {
    /**
     * The protocol's model metadata.
     *
     * @param versions left out where the model has none
     */
    record Metadata(
            String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> versions,
            String platform,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs) {
        private static Metadata of(OipModel model) {
            return new Metadata(model.name(), model.versions(), model.platform(), model.inputs(), model.outputs());
        }
    }

    /** The response of {@code GET /v2/models/{model}/ready}. */
    private record ModelReadiness(String name, boolean ready) {}

    Future<Object> metadata(RoutingContext ctx) {
        return Future.succeededFuture(Metadata.of(models.of(ctx)));
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
