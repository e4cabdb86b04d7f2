package dev.foretell.router.http.oip;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ResponseWriter;
import dev.foretell.router.http.oip.model.FileModel;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import java.util.Map;

/** Inference by a model host. Hosts speak the protocol, so bodies pass through unchanged in both directions. */
record FileInference(PredictService answers, BackgroundWork work) {
    Future<Object> infer(FileModel model, InferCall call) {
        if (!model.model().servesCalls()) {
            throw new ServingException(
                    FailureKind.NO_WORKER,
                    "model '" + model.name() + "' is not loaded; it was unloaded by its repository");
        }
        int json = call.jsonLength() < 0 ? call.body().length() : call.jsonLength();
        return work.runIfLong(json, () -> RequestParameters.scan(call.body(), json))
                .compose(wishes -> infer(model, call, wishes));
    }

    private Future<Object> infer(FileModel model, InferCall call, RequestParameters wishes) {
        call.wishes(wishes);
        PredictCall predict = call.call(model.model().type(), model.modelId(), call.body(), form(call.jsonLength()));
        Future<Response> response = answers.answer(predict.context(), Future.succeededFuture(predict));
        return response.map(given -> {
            ResponseWriter.write(call.request(), given, answers.deadlines());
            return given;
        });
    }

    private static RequestOptions form(int jsonLength) {
        Map<String, String> headers =
                jsonLength < 0 ? Map.of() : Map.of(Headers.INFER_JSON_LENGTH, Integer.toString(jsonLength));
        String type = jsonLength < 0 ? null : "application/octet-stream";
        RequestOptions.Dialect dialect = new RequestOptions.Dialect(Hosting.INFER_SUFFIX, headers);
        return RequestOptions.of(dialect, RequestOptions.Body.ofType(type));
    }
}
