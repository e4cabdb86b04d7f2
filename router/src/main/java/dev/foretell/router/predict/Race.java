package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call at up to two workers: the second gets it when the first has not answered for a while. The first answer wins, the
 * other attempt is broken off. Fails when both did. Confined to its event loop; used once.
 */
final class Race {
    /** What a race needs of its call. */
    interface Runners {
        Future<WorkerAnswer> send(Slot slot, CallAbort abort);

        /** The slot of the second attempt; empty where there is to be none. */
        Optional<Slot> second();

        /** Whether the first attempt is given up when the second fails, since there are others to try. */
        boolean goesOnElsewhere();

        /** A race of two has ended. */
        void ended(boolean secondWon);
    }

    private final Runners runners;
    private final Promise<WorkerAnswer> outcome = Promise.promise();
    private final CallAbort first = new CallAbort();
    private final CallAbort second = new CallAbort();
    private TimeoutWheel.@Nullable Timeout patience;
    private boolean firstRuns;
    private boolean secondRuns;
    private boolean secondRan;

    Race(Runners runners) {
        this.runners = runners;
    }

    /** Runs it, at the most until the call is broken off. */
    Future<WorkerAnswer> run(Slot slot, CallAbort call, TimeoutWheel wheel, long secondAtNanos) {
        Reason aborted = call.reason();
        if (aborted != null) {
            first.abort(aborted);
        }
        call.attempting(this::breakOff);
        patience = wheel.at(secondAtNanos, this::sendSecond);
        firstRuns = true;
        runners.send(slot, first).onComplete(this::firstEnded);
        return outcome.future();
    }

    private void breakOff(Reason why) {
        stopWaiting();
        first.abort(why);
        second.abort(why);
    }

    private void sendSecond() {
        runners.second().ifPresent(slot -> {
            secondRuns = true;
            secondRan = true;
            runners.send(slot, second).onComplete(this::secondEnded);
        });
    }

    private void firstEnded(AsyncResult<WorkerAnswer> result) {
        firstRuns = false;
        stopWaiting();
        if (result.succeeded() || !secondRuns) {
            settle(result, false);
            second.abort(Reason.OVERTAKEN);
        }
    }

    private void secondEnded(AsyncResult<WorkerAnswer> result) {
        secondRuns = false;
        if (result.succeeded() || !firstRuns || runners.goesOnElsewhere()) {
            settle(result, result.succeeded());
            first.abort(Reason.OVERTAKEN);
        }
    }

    private void settle(AsyncResult<WorkerAnswer> result, boolean secondWon) {
        if (outcome.future().isComplete()) {
            return;
        }
        if (secondRan) {
            runners.ended(secondWon);
        }
        if (result.succeeded()) {
            outcome.complete(result.result());
        } else {
            outcome.fail(result.cause());
        }
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel();
        }
    }
}
