package dev.foretell.router.http.oip;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /v2/models/…/stats}: how models' calls went. */
record StatisticsApi(OipModels models, Statistics statistics) {
    Future<Object> all(RoutingContext ctx) {
        return shown(models.all());
    }

    /** Of a registered model without a version, each version. */
    Future<Object> one(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        boolean whole = ctx.pathParam("version") == null && model instanceof FileModel file && file.isWhole();
        return shown(
                whole
                        ? models.all().stream()
                                .filter(one ->
                                        one.key().base().equals(model.key().base()))
                                .toList()
                        : List.of(model));
    }

    private Future<Object> shown(List<OipModel> which) {
        return Future.succeededFuture(
                Map.of("model_stats", which.stream().map(statistics::of).toList()));
    }
}
