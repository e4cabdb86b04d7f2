package dev.foretell.router.http.oip;

import dev.foretell.router.http.Readiness;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v2} and {@code /v2/health}: the server as a whole. */
record ServerApi(OipModels models, Readiness readiness) {
    private static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "classification",
            "model_configuration",
            "model_repository",
            "parameters",
            "schedule_policy",
            "statistics");

    Future<Object> metadata(RoutingContext ctx) {
        String version = Optional.ofNullable(ServerApi.class.getPackage().getImplementationVersion())
                .orElse("0");
        return Future.succeededFuture(Map.of("name", "foretell", "version", version, "extensions", EXTENSIONS));
    }

    /** Whether the process runs; models have no say in it. */
    Future<Object> live(RoutingContext ctx) {
        return Future.succeededFuture(Map.of("live", true));
    }

    /** Whether all models are; the protocol's text once calls the field {@code live}. */
    Future<Object> ready(RoutingContext ctx) {
        boolean ready = readiness.isReady() && models.all().stream().allMatch(ServerApi::isReadyIfWanted);
        ctx.response().setStatusCode(ready ? 200 : 503);
        return Future.succeededFuture(Map.of("ready", ready, "live", ready));
    }

    /** Of a registered model, versions without traffic need not be. */
    private static boolean isReadyIfWanted(OipModel model) {
        return model.isReady()
                || (model instanceof FileModel file
                        && (!file.model().loaded()
                                || file.model()
                                                .traffic()
                                                .weights()
                                                .getOrDefault(file.version().number(), 0)
                                        == 0));
    }
}
