package dev.foretell.router.upstream;

import dev.foretell.router.upstream.breaker.TrialVerdict;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.Upload;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.connection.Exchange;
import dev.foretell.router.upstream.measure.UsualLatency;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.FunctionFault;
import dev.foretell.router.upstream.pool.Slot;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records one attempt at a worker: its latency, its failure, its part in a trial; and releases the slot. A deadline
 * that the caller set, shorter than the default, counts as a failure of the worker only if the worker had generous time
 * ({@link UsualLatency#isGenerous}). So a caller with short deadlines cannot get workers ejected. Confined to its event
 * loop.
 */
final class Attempt implements Exchange.Listener {
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
    public void onResponse(WorkerResponse response) {
        ResponseStream rest = response.rest();
        if (rest != null) {
            follow(response, rest);
            return;
        }
        slot.release();
        long now = nanoClock.getAsLong();
        Endpoint endpoint = slot.endpoint();
        endpoint.breaker().record(false, now);
        endpoint.clearRefusal();
        recordTime(now, response.status());
        if (response.status() < 300 && call.upload() == null) {
            endpoint.latency().observe(now - startNanos, now);
            endpoint.usual().observe(now - startNanos);
            endpoint.tail().observe(now - startNanos);
        }
        settleTrial(null);
    }

    private void recordTime(long now, int status) {
        long took = now - startNanos;
        slot.endpoint().tally().responses(status, took);
        call.recipient().workerTook(took);
    }

    @Override
    public void onFailure(AttemptFailure failure) {
        slot.release();
        record(failure);
    }

    /** The slot is released in {@link #onAbandonedEnd}: when the response has been dropped, or its connection closed. */
    @Override
    public void onAbandon(AttemptFailure failure) {
        record(failure);
    }

    @Override
    public void onAbandonedEnd() {
        slot.release();
    }

    private void record(AttemptFailure failure) {
        long now = nanoClock.getAsLong();
        Endpoint endpoint = slot.endpoint();
        endpoint.tally().recordFailure(failure.reason());
        call.recipient().workerTook(now - startNanos);
        if (isHasty(failure.reason(), now)) {
            endpoint.latency().observeAtLeast(now - startNanos, now);
        }
        if (isHasty(failure.reason(), now) || isCallersTime(failure.reason())) {
            settleTrial(Reason.CANCELLED);
            return;
        }
        endpoint.recordFailure(failure);
        if (failure.reason().countsAgainstWorker()) {
            endpoint.breaker().record(true, now);
            endpoint.latency().observe(Math.max(FAILURE_PENALTY_NANOS, now - startNanos), now);
        }
        switch (failure.reason()) {
            case UNREACHABLE, DROPPED -> endpoint.host().probeNow();
            case BUSY -> endpoint.leaveAlone(RetryAfter.of(failure.retryAfter(), Instant.now()));
            case OVERTAKEN -> onOvertaken(now);
            case REFUSED -> endpoint.recordRefusal(failure.status());
            case GARBLED,
                    TOO_LONG,
                    MISPLACED,
                    ERROR_STATUS,
                    FUNCTION_ERROR,
                    NO_LENGTH,
                    CROWDED,
                    DEADLINE,
                    CANCELLED -> {}
        }
        if (failure.reason() != Reason.FUNCTION_ERROR) {
            settleTrial(failure.reason());
        }
    }

    /** Whether the deadline passed while the worker waited for the caller to send more. */
    private boolean isCallersTime(Reason reason) {
        Upload upload = call.upload();
        return reason == Reason.DEADLINE && upload != null && upload.awaitsCaller();
    }

    private boolean isHasty(Reason reason, long now) {
        return reason == Reason.DEADLINE
                && call.deadline().isHasty()
                && !slot.endpoint().usual().isGenerous(now - startNanos);
    }

    /**
     * A hedge was faster: not a failure, but a sign that the worker is slow. A trial that takes this long fails.
     */
    private void onOvertaken(long now) {
        slot.endpoint().latency().observeAtLeast(now - startNanos, now);
        if (slot.isTrial()) {
            slot.endpoint().recordFailure();
        }
    }

    /** "Busy" is not a failure here either: the worker is available again and states its limit. */
    private void settleTrial(@Nullable Reason wrong) {
        TrialVerdict trial = slot.trial();
        if (trial == null) {
            return;
        }
        if (wrong == null || wrong == Reason.BUSY) {
            trial.recordSuccess();
        } else if (wrong == Reason.CANCELLED || wrong == Reason.CROWDED || wrong == Reason.NO_LENGTH) {
            trial.giveBack();
        } else {
            trial.recordFailure();
        }
    }

    /** A stream keeps its slot to the end; its head has shown the latency of the worker. */
    private void follow(WorkerResponse response, ResponseStream rest) {
        Endpoint endpoint = slot.endpoint();
        long headAt = nanoClock.getAsLong();
        recordTime(headAt, response.status());
        endpoint.latency().observe(headAt - startNanos, headAt);
        settleTrial(null);
        rest.onEnd(end -> {
            slot.release();
            streamEnded(rest, end);
        });
        if (call.cancellation().reason() != null) {
            rest.giveUp(ResponseStream.End.CANCELLED);
        }
    }

    private void streamEnded(ResponseStream rest, ResponseStream.End end) {
        switch (end) {
            case WHOLE, REFUSED, CANCELLED -> slot.endpoint().breaker().record(false, nanoClock.getAsLong());
            case FUNCTION_FAILED -> {
                slot.endpoint().recordFailure(new AttemptFailure(Reason.FUNCTION_ERROR, null));
                FunctionFault.at(slot, nanoClock).leaveUndecided();
            }
            case BROKEN_OFF -> onBreak(slot.endpoint(), rest.saysWhose(), nanoClock.getAsLong());
        }
    }

    /**
     * If the worker does not mark failures, its function may have failed on the input. That counts against the worker
     * if the streams of other workers end well.
     */
    private static void onBreak(Endpoint endpoint, boolean saysWhose, long now) {
        endpoint.recordFailure(new AttemptFailure(Reason.DROPPED, null));
        if (!saysWhose) {
            endpoint.functionFailed(now);
        }
        if (saysWhose || endpoint.doOthersFailLess(now)) {
            endpoint.breaker().record(true, now);
        }
        endpoint.host().probeNow();
    }
}
