package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.breaker.TrialVerdict;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a function on one input at one worker, until it is known who is at fault: the worker if another one
 * succeeds with the same input, the input if others fail too. Report the verdict once, however the call ends.
 * Thread-safe.
 */
public final class FunctionFault {
    private static final long PENALTY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Endpoint endpoint;
    private final @Nullable TrialVerdict trial;
    private final LongSupplier nanoClock;

    private FunctionFault(Endpoint endpoint, @Nullable TrialVerdict trial, LongSupplier nanoClock) {
        this.endpoint = endpoint;
        this.trial = trial;
        this.nanoClock = nanoClock;
        endpoint.functionFailed(nanoClock.getAsLong());
    }

    public static FunctionFault at(Slot slot, LongSupplier nanoClock) {
        return new FunctionFault(slot.endpoint(), slot.trial(), nanoClock);
    }

    /** The fault of a call outside of a trial. */
    public static FunctionFault at(Endpoint endpoint, LongSupplier nanoClock) {
        return new FunctionFault(endpoint, null, nanoClock);
    }

    /** Whether the function is known to fail as often at other workers. */
    public boolean isCommon() {
        return endpoint.doOthersFailAsOften(nanoClock.getAsLong());
    }

    /** Another worker succeeded with the same input. */
    public void blameWorker() {
        long now = nanoClock.getAsLong();
        endpoint.recordFailure();
        endpoint.breaker().record(true, now);
        endpoint.latency().observe(PENALTY_NANOS, now);
        if (trial != null) {
            trial.recordFailure();
        }
    }

    /** Another worker failed on the same input, or refused it: this worker is not at fault. */
    public void blameInput() {
        endpoint.breaker().record(false, nanoClock.getAsLong());
        if (trial != null) {
            trial.recordSuccess();
        }
    }

    /** No other worker had this input: the worker is at fault if the others do well on their inputs. */
    public void leaveUndecided() {
        if (endpoint.doOthersFailLess(nanoClock.getAsLong())) {
            blameWorker();
        } else if (trial != null) {
            trial.recordSuccess();
        }
    }
}
