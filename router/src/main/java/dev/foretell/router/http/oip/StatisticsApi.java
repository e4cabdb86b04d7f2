package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.http.oip.model.FileModel;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.http.oip.model.OipModels;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /v2/models/…/stats}: the statistics of models' calls. */
record StatisticsApi(OipModels models, Statistics statistics, BackgroundWork work) {
    private record AllStatistics(
            @JsonProperty("model_stats") JsonPieces models) {}

    Future<Object> all(RoutingContext ctx) {
        return ChunkedResponse.json(ctx.request(), work, () -> toJson(models.all()));
    }

    /** For a registered model without a version in the URL, every version. */
    Future<Object> one(RoutingContext ctx) {
        OipModel model = models.of(ctx);
        boolean whole = ctx.pathParam("version") == null && model instanceof FileModel file && file.isWhole();
        return ChunkedResponse.json(
                ctx.request(),
                work,
                () -> toJson(
                        whole
                                ? models.all().stream()
                                        .filter(one -> one.key()
                                                .base()
                                                .equals(model.key().base()))
                                        .toList()
                                : List.of(model)));
    }

    private JsonPieces toJson(List<OipModel> which) {
        JsonPieces all = JsonPieces.array(which.stream().map(statistics::of).iterator());
        return JsonPieces.of(new AllStatistics(all));
    }
}
