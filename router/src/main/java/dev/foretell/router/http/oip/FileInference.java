package dev.foretell.router.http.oip;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.http.AnswerWriter;
import dev.foretell.router.http.HeavyWork;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.CallForm;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Inference by a model host: it speaks the protocol itself, so bodies go to it and come back as they are. */
record FileInference(Answers answers, HeavyWork work) {
    Future<Object> infer(FileModel model, InferCall call) {
        if (!model.model().loaded()) {
            throw new ServingException(
                    FailureKind.NO_WORKER,
                    "model '" + model.name() + "' is not loaded; it was unloaded by its repository");
        }
        int json = call.jsonLength() < 0 ? call.body().length() : call.jsonLength();
        return work.runIfLong(json, () -> Wishes.scan(call.body(), json)).compose(wishes -> infer(model, call, wishes));
    }

    private Future<Object> infer(FileModel model, InferCall call, Wishes wishes) {
        call.wishes(wishes);
        PredictCall predict = call.call(model.model().type(), model.modelId(), call.body(), form(call.jsonLength()));
        Future<Answer> answer = answers.answer(predict.deadline(), predict.abort(), Future.succeededFuture(predict));
        return answer.map(said -> {
            AnswerWriter.pass(call.request(), said, answers.deadlines());
            return said;
        });
    }

    private static CallForm form(int jsonLength) {
        Map<String, String> headers =
                jsonLength < 0 ? Map.of() : Map.of(Headers.INFER_JSON_LENGTH, Integer.toString(jsonLength));
        String type = jsonLength < 0 ? null : "application/octet-stream";
        return new CallForm(false, type, null, null, new CallForm.Dialect(Hosting.INFER_SUFFIX, headers), Set.of());
    }
}
