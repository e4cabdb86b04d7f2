package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.breaker.TrialVerdict;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A function's failure on one input at one worker, until it is known whose fault it is: the worker's where another answers the
 * same input, the input's where others fail at it as well. To be told which once, however the call ends. Thread-safe.
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

    /** Of a call that took no part in a trial. */
    public static FunctionFault at(Endpoint endpoint, LongSupplier nanoClock) {
        return new FunctionFault(endpoint, null, nanoClock);
    }

    /** Whether the function is known to fail at other workers as often. */
    public boolean isCommon() {
        return endpoint.doOthersFailAsOften(nanoClock.getAsLong());
    }

    /** Another worker answered the same input. */
    public void isOfWorker() {
        long now = nanoClock.getAsLong();
        endpoint.recordFailure();
        endpoint.breaker().record(true, now);
        endpoint.latency().observe(PENALTY_NANOS, now);
        if (trial != null) {
            trial.recordFailure();
        }
    }

    /** Another worker failed at the same input, or refused it: this one does as well as others. */
    public void isOfInput() {
        endpoint.breaker().record(false, nanoClock.getAsLong());
        if (trial != null) {
            trial.recordSuccess();
        }
    }

    /** No other worker had this input: it is the worker's fault where others do well on theirs. */
    public void isUnknown() {
        if (endpoint.doOthersFailLess(nanoClock.getAsLong())) {
            isOfWorker();
        } else if (trial != null) {
            trial.recordSuccess();
        }
    }
}
