package dev.foretell.router.http.mlserving;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.RequestOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Whether a model host is there, which a trained model needs; found out before the training. Each event loop has one. */
record HostCheck(PredictService answers) {
    /** Fails with {@link FailureKind#NO_WORKER}, or as a call of a host does. */
    Future<?> require() {
        CallContext context = CallContext.own(answers.deadline(null));
        PredictCall call = new PredictCall(
                Hosting.TYPE,
                Hosting.IDENTITY,
                Buffer.buffer("{\"item\": 0}"),
                CallPreferences.OWN,
                context,
                RequestOptions.USUAL);
        return answers.answer(context, Future.succeededFuture(call)).recover(HostCheck::explain);
    }

    private static <T> Future<T> explain(Throwable failure) {
        boolean none = failure instanceof ServingException known && known.kind() == FailureKind.MODEL_NOT_FOUND;
        return Future.failedFuture(
                none
                        ? new ServingException(
                                FailureKind.NO_WORKER,
                                "no model host is registered, which a trained model needs; start one with: foretell host"
                                        + " --router URL")
                        : failure);
    }
}
