package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.predict.attempt.DeliveryResult;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.AsyncResult;

/** How a call gives its permit back: with what its way says of the workers' load. */
final class PermitRelease {
    private PermitRelease() {}

    /** A stream holds its permit to its end, and how long it takes says nothing of the load. */
    static void after(Permit permit, PredictCall call, AsyncResult<DeliveryResult> done) {
        ResponseStream rest = done.succeeded() ? done.result().response().rest() : null;
        if (rest == null) {
            permit.release(outcome(call, done));
        } else {
            rest.onEnd(end -> permit.release(Permit.Outcome.IGNORED));
        }
    }

    private static Permit.Outcome outcome(PredictCall call, AsyncResult<DeliveryResult> done) {
        if (done.succeeded()) {
            return call.isUpload() ? Permit.Outcome.IGNORED : Permit.Outcome.ANSWERED;
        }
        boolean overloaded = call.cancellation().reason() == AttemptFailure.Reason.DEADLINE
                || (done.cause() instanceof ServingException failure && failure.kind() == FailureKind.WORKERS_BUSY);
        return overloaded ? Permit.Outcome.OVERLOADED : Permit.Outcome.IGNORED;
    }
}
