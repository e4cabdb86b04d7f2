package dev.foretell.router.http.oip;

import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.oip.model.FileModel;
import dev.foretell.router.http.oip.model.FunctionModel;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.http.oip.model.OipModels;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

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
    private static final Metadata METADATA = new Metadata("foretell", OwnVersion.TEXT, EXTENSIONS);

    /** The response of {@code GET /v2}. */
    private record Metadata(String name, String version, List<String> extensions) {}

    private record Liveness(boolean live) {}

    private record ServerReadiness(boolean ready, boolean live) {}

    Future<Object> metadata(RoutingContext ctx) {
        return Future.succeededFuture(METADATA);
    }

    /** Whether the process runs, independently of its models. */
    Future<Object> live(RoutingContext ctx) {
        return Future.succeededFuture(new Liveness(true));
    }

    /**
     * Whether all registered models are ready and, if there are functions, at least one of them: a single function
     * without a worker is reported at {@code /v2/models/{model}/ready}. The protocol's text once calls the field {@code
     * live}.
     */
    Future<Object> ready(RoutingContext ctx) {
        boolean ready = readiness.isReady() && areReady(models.all());
        ctx.response().setStatusCode(ready ? 200 : 503);
        return Future.succeededFuture(new ServerReadiness(ready, ready));
    }

    private static boolean areReady(List<? extends OipModel> all) {
        List<OipModel> functions = all.stream()
                .<OipModel>map(model -> model)
                .filter(FunctionModel.class::isInstance)
                .toList();
        return all.stream().filter(FileModel.class::isInstance).allMatch(ServerApi::isReadyIfWanted)
                && (functions.isEmpty() || functions.stream().anyMatch(OipModel::isReady));
    }

    /** Versions of a registered model without traffic need not be ready. */
    private static boolean isReadyIfWanted(OipModel model) {
        return model.isReady()
                || (model instanceof FileModel file
                        && (!file.model().servesCalls()
                                || file.model()
                                                .traffic()
                                                .weights()
                                                .getOrDefault(file.version().number(), 0)
                                        == 0));
    }
}
