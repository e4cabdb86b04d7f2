package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.AttemptFailure;
import io.vertx.core.AsyncResult;

/** How a call gives its permit back: with what its way says of the workers' load. */
final class PermitReturn {
    private PermitReturn() {}

    /** A stream holds its permit to its end, and how long it takes says nothing of the load. */
    static void after(Permit permit, PredictCall call, AsyncResult<Delivered> done) {
        AnswerStream rest = done.succeeded() ? done.result().answer().rest() : null;
        if (rest == null) {
            permit.release(outcome(call, done));
        } else {
            rest.onEnd(end -> permit.release(Permit.Outcome.IGNORED));
        }
    }

    private static Permit.Outcome outcome(PredictCall call, AsyncResult<Delivered> done) {
        if (done.succeeded()) {
            return call.isUpload() ? Permit.Outcome.IGNORED : Permit.Outcome.ANSWERED;
        }
        boolean overloaded = call.abort().reason() == AttemptFailure.Reason.DEADLINE
                || (done.cause() instanceof ServingException failure && failure.kind() == FailureKind.WORKERS_BUSY);
        return overloaded ? Permit.Outcome.OVERLOADED : Permit.Outcome.IGNORED;
    }
}
