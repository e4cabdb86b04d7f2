package dev.foretell.router.upstream;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes how one attempt at a worker went: its latency, its failures, what it says of a trial; and releases the slot. A
 * deadline that a caller set, shorter than our own, is a failure of the worker only where it left the worker generous time
 * ({@link UsualLatency#isGenerous}): no caller can have workers ejected by being in a hurry. Confined to its event loop.
 */
final class Attempt implements Exchange.Ending {
    private static final long FAILURE_PENALTY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Slot slot;
    private final WorkerCall call;
    private final long startNanos;
    private final LongSupplier nanoClock;

    Attempt(Slot slot, WorkerCall call, long startNanos, LongSupplier nanoClock) {
        this.slot = slot;
        this.call = call;
        this.startNanos = startNanos;
        this.nanoClock = nanoClock;
    }

    @Override
    public void answered(WorkerAnswer answer) {
        AnswerStream rest = answer.rest();
        if (rest != null) {
            follow(answer, rest);
            return;
        }
        slot.release();
        long now = nanoClock.getAsLong();
        Seat seat = slot.seat();
        seat.breaker().record(false, now);
        seat.tookCall();
        took(now, answer.status());
        if (answer.status() < 300 && call.upload() == null) {
            seat.latency().observe(now - startNanos, now);
            seat.usual().observe(now - startNanos);
            seat.tail().observe(now - startNanos);
        }
        settleTrial(null);
    }

    private void took(long now, int status) {
        long took = now - startNanos;
        slot.seat().tally().answered(status, took);
        call.abort().workerTook(took);
    }

    @Override
    public void failed(AttemptFailure failure) {
        slot.release();
        abandoned(failure);
    }

    /** The worker is still at it: the slot is released once its answer has been dropped, or its connection closed. */
    @Override
    public void abandoned(AttemptFailure failure) {
        long now = nanoClock.getAsLong();
        Seat seat = slot.seat();
        seat.tally().failed(failure.reason());
        call.abort().workerTook(now - startNanos);
        if (isHasty(failure.reason(), now)) {
            seat.latency().observeAtLeast(now - startNanos, now);
        }
        if (isHasty(failure.reason(), now) || isCallersTime(failure.reason())) {
            settleTrial(Reason.CANCELLED);
            return;
        }
        seat.failed(failure);
        if (failure.reason().countsAgainstWorker()) {
            seat.breaker().record(true, now);
            seat.latency().observe(Math.max(FAILURE_PENALTY_NANOS, now - startNanos), now);
        }
        switch (failure.reason()) {
            case UNREACHABLE, DROPPED -> seat.endpoint().probeNow();
            case BUSY -> seat.leaveAlone(RetryAfter.of(failure.retryAfter(), Instant.now()));
            case OVERTAKEN -> overtaken(now);
            case REFUSED -> seat.refused(failure.status());
            case GARBLED, MISPLACED, ERROR_STATUS, FUNCTION_ERROR, NO_LENGTH, CROWDED, DEADLINE, CANCELLED -> {}
        }
        if (failure.reason() != Reason.FUNCTION_ERROR) {
            settleTrial(failure.reason());
        }
    }

    @Override
    public void dropped() {
        slot.release();
    }

    /** Whether the deadline passed while the worker waited for what the caller had yet to send. */
    private boolean isCallersTime(Reason reason) {
        Upload upload = call.upload();
        return reason == Reason.DEADLINE && upload != null && upload.awaitsCaller();
    }

    private boolean isHasty(Reason reason, long now) {
        return reason == Reason.DEADLINE
                && call.deadline().isHasty()
                && !slot.seat().usual().isGenerous(now - startNanos);
    }

    /** A second copy was faster: no fault, but a sign of how slow the worker is. A trial that takes so long failed. */
    private void overtaken(long now) {
        slot.seat().latency().observeAtLeast(now - startNanos, now);
        if (slot.isTrial()) {
            slot.seat().failed();
        }
    }

    /** "Busy" is no failure here either: the worker is there again, and says what it can take. */
    private void settleTrial(@Nullable Reason wrong) {
        TrialVerdict trial = slot.trial();
        if (trial == null) {
            return;
        }
        if (wrong == null || wrong == Reason.BUSY) {
            trial.passed();
        } else if (wrong == Reason.CANCELLED || wrong == Reason.CROWDED || wrong == Reason.NO_LENGTH) {
            trial.givenBack();
        } else {
            trial.failed();
        }
    }

    /** A stream keeps its slot to the end; how fast its worker is, its head has told. */
    private void follow(WorkerAnswer answer, AnswerStream rest) {
        Seat seat = slot.seat();
        long headAt = nanoClock.getAsLong();
        took(headAt, answer.status());
        seat.latency().observe(headAt - startNanos, headAt);
        settleTrial(null);
        rest.onEnd(end -> {
            slot.release();
            streamEnded(rest, end);
        });
        if (call.abort().reason() != null) {
            rest.giveUp(AnswerStream.End.CANCELLED);
        }
    }

    private void streamEnded(AnswerStream rest, AnswerStream.End end) {
        switch (end) {
            case WHOLE, REFUSED, CANCELLED -> slot.seat().breaker().record(false, nanoClock.getAsLong());
            case FUNCTION_FAILED -> {
                slot.seat().failed(new AttemptFailure(Reason.FUNCTION_ERROR, null));
                FunctionFault.at(slot, nanoClock).isUnknown();
            }
            case BROKEN_OFF -> brokeOff(slot.seat(), rest.saysWhose(), nanoClock.getAsLong());
        }
    }

    /**
     * Where its worker does not say, it may be the function that failed on its input: that is the worker's fault where others' streams
     * end well.
     */
    private static void brokeOff(Seat seat, boolean saysWhose, long now) {
        seat.failed(new AttemptFailure(Reason.DROPPED, null));
        if (!saysWhose) {
            seat.functionFailed(now);
        }
        if (saysWhose || seat.doOthersFailLess(now)) {
            seat.breaker().record(true, now);
        }
        seat.endpoint().probeNow();
    }
}
