package dev.foretell.router.predict.hedge;

import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Recipient;
import dev.foretell.router.upstream.call.WorkerCall.Waiting;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call at up to two workers. The second one gets the call if the first has not responded for a while, or is silent.
 * The first response wins, and the other attempt is cancelled; a silent worker keeps the call, so that its late
 * response shows its recovery. Fails when both have failed. Confined to its event loop; used once.
 */
public final class Race implements Recipient {
    /** The decisions of a race that depend on its call. */
    interface Runners {
        HedgedCall call();

        default Future<WorkerResponse> send(Slot slot, Recipient recipient) {
            return call().send(slot, recipient);
        }

        /** The slot of the second attempt; empty if there is none. */
        Optional<Slot> second();

        /** The same if the first worker is silent. */
        default Optional<Slot> secondOfSilent() {
            return call().takeForSilenceHedge();
        }

        /** A second attempt because of silence has ended. */
        default void endSilenceHedge() {
            call().pool().tally().endSilenceHedge();
        }

        /** Whether the first attempt is cancelled when the second fails, because there are other workers to try. */
        boolean goesOnElsewhere();

        /** A race of two has ended, unless the second attempt was because of silence. */
        void onEnd(boolean secondWon);
    }

    private final Runners runners;
    private final Promise<WorkerResponse> outcome = Promise.promise();
    private final Cancellation first = new Cancellation();
    private final Cancellation second = new Cancellation();
    private TimeoutWheel.@Nullable Timeout patience;
    private boolean firstRuns;
    private boolean secondRuns;
    private boolean secondRan;
    private @Nullable Waiting silent;

    Race(Runners runners) {
        this.runners = runners;
    }

    /** Runs the race until its end, or until the call is cancelled. */
    Future<WorkerResponse> run(Slot slot, Cancellation call, TimeoutWheel wheel, long secondAtNanos) {
        Reason aborted = call.reason();
        if (aborted != null) {
            first.abort(aborted);
        }
        call.onAbort(this::breakOff);
        patience = wheel.at(secondAtNanos, this::sendSecond);
        firstRuns = true;
        runners.send(slot, this).onComplete(this::firstEnded);
        return outcome.future();
    }

    /** Cancels the first attempt. */
    @Override
    public Cancellation cancellation() {
        return first;
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
        runners.send(slot, () -> second).onComplete(this::secondEnded);
    }

    /** If no other worker responds, it looks again for one while the call waits. */
    @Override
    public void onSilence(Waiting call) {
        if (!secondRan && firstRuns && first.reason() == null) {
            runners.secondOfSilent().ifPresent(slot -> {
                silent = call;
                sendSecond(slot);
            });
        }
    }

    private void firstEnded(AsyncResult<WorkerResponse> result) {
        firstRuns = false;
        stopWaiting();
        if (result.succeeded() || !secondRuns) {
            settle(result, false);
            second.abort(Reason.OVERTAKEN);
        }
    }

    private void secondEnded(AsyncResult<WorkerResponse> result) {
        secondRuns = false;
        if (silent != null) {
            runners.endSilenceHedge();
        }
        if (result.succeeded() || !firstRuns || runners.goesOnElsewhere()) {
            settle(result, result.succeeded());
            leaveFirst(result);
        }
    }

    private void leaveFirst(AsyncResult<WorkerResponse> second) {
        if (silent != null && second.succeeded()) {
            silent.completeFromElsewhere(second.result());
        } else {
            first.abort(Reason.OVERTAKEN);
        }
    }

    private void settle(AsyncResult<WorkerResponse> result, boolean secondWon) {
        if (outcome.future().isComplete()) {
            return;
        }
        if (secondRan && silent == null) {
            runners.onEnd(secondWon);
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
