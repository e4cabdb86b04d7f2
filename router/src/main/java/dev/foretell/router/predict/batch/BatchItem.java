package dev.foretell.router.predict.batch;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.WorkerResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/**
 * A call in batches until it has its outcome. If its caller hangs up or its deadline passes, it leaves alone. Confined
 * to its event loop.
 */
final class BatchItem {
    private final ModelKey model;
    private final PredictCall call;
    private final Promise<WorkerResponse> outcome = Promise.promise();
    private Consumer<Reason> onLeave = why -> {};
    private int tries;

    BatchItem(ModelKey model, PredictCall call) {
        this.model = model;
        this.call = call;
        call.cancellation().onAbort(this::leave);
    }

    PredictCall call() {
        return call;
    }

    Future<WorkerResponse> outcome() {
        return outcome.future();
    }

    /** Whether it still waits for its outcome. */
    boolean isThere() {
        return !outcome.future().isComplete();
    }

    /**
     * Sets the listener for when the call leaves.
     *
     * @param nowTries the number of workers that the call was sent to, including this one
     */
    void travelsWith(Consumer<Reason> companions, int nowTries) {
        tries = nowTries;
        onLeave = companions;
    }

    private void leave(Reason why) {
        if (outcome.tryFail(new PredictFailure(new AttemptFailure(why, null), model.toString(), tries))) {
            onLeave.accept(why);
        }
    }

    void succeed(WorkerResponse answer) {
        ResponseStream rest = answer.rest();
        if (!outcome.tryComplete(answer) && rest != null) {
            rest.giveUp(ResponseStream.End.CANCELLED);
        }
    }

    void fail(Throwable failure) {
        outcome.tryFail(failure);
    }
}
