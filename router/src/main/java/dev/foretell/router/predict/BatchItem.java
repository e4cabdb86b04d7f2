package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/**
 * A call that travels with others until it has its outcome. When its caller hangs up or its deadline passes, it leaves
 * alone. Confined to its event loop.
 */
final class BatchItem {
    private final PredictCall call;
    private final Promise<WorkerAnswer> outcome = Promise.promise();
    private Consumer<Reason> onLeave = why -> {};

    BatchItem(PredictCall call) {
        this.call = call;
        call.abort().attempting(this::leave);
    }

    PredictCall call() {
        return call;
    }

    Future<WorkerAnswer> outcome() {
        return outcome.future();
    }

    /** Whether it still waits for its outcome. */
    boolean isThere() {
        return !outcome.future().isComplete();
    }

    /** From now on this is told when the call leaves. */
    void travelsWith(Consumer<Reason> companions) {
        onLeave = companions;
    }

    private void leave(Reason why) {
        if (outcome.tryFail(new AttemptFailure(why, null))) {
            onLeave.accept(why);
        }
    }

    void succeed(WorkerAnswer answer) {
        outcome.tryComplete(answer);
    }

    void fail(Throwable failure) {
        outcome.tryFail(failure);
    }
}
