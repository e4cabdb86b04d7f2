package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall.Stuck;
import dev.foretell.router.upstream.WorkerCall.Waiting;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call at up to two workers: the second gets it when the first has not answered for a while, or when the first worker has
 * fallen silent. The first answer wins, the other attempt is broken off; a silent worker keeps the call, so that its answer
 * shows when it is well again. Fails when both did. Confined to its event loop; used once.
 */
final class Race implements Stuck {
    /** What a race needs of its call. */
    interface Runners {
        /** @param stuck told if the worker falls silent; null where that is no matter */
        Future<WorkerAnswer> send(Slot slot, CallAbort abort, @Nullable Stuck stuck);

        /** The slot of the second attempt; empty where there is to be none. */
        Optional<Slot> second();

        /** The same where the first attempt's worker has fallen silent. */
        Optional<Slot> secondOfSilent();

        /** A second attempt that was made for that has ended. */
        void silenceCopyEnded();

        /** Whether the first attempt is given up when the second fails, since there are others to try. */
        boolean goesOnElsewhere();

        /** A race of two has ended, unless the second was made for silence. */
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
    private @Nullable Waiting silent;

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
        runners.send(slot, first, this).onComplete(this::firstEnded);
        return outcome.future();
    }

    private void breakOff(Reason why) {
        stopWaiting();
        first.abort(why);
        second.abort(why);
    }

    private void sendSecond() {
        if (!secondRan) {
            runners.second().ifPresent(this::sendSecond);
        }
    }

    private void sendSecond(Slot slot) {
        secondRuns = true;
        secondRan = true;
        runners.send(slot, second, null).onComplete(this::secondEnded);
    }

    /** Where no other worker answers it is looked for again, as long as the call waits. */
    @Override
    public void isSilent(Waiting call) {
        if (!secondRan && firstRuns && first.reason() == null) {
            runners.secondOfSilent().ifPresent(slot -> {
                silent = call;
                sendSecond(slot);
            });
        }
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
        if (silent != null) {
            runners.silenceCopyEnded();
        }
        if (result.succeeded() || !firstRuns || runners.goesOnElsewhere()) {
            settle(result, result.succeeded());
            leaveFirst(result);
        }
    }

    private void leaveFirst(AsyncResult<WorkerAnswer> second) {
        if (silent != null && second.succeeded()) {
            silent.answeredElsewhere(second.result());
        } else {
            first.abort(Reason.OVERTAKEN);
        }
    }

    private void settle(AsyncResult<WorkerAnswer> result, boolean secondWon) {
        if (outcome.future().isComplete()) {
            return;
        }
        if (secondRan && silent == null) {
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
