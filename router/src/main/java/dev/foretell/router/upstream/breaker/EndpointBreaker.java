package dev.foretell.router.upstream.breaker;

import dev.foretell.router.balance.RandomBits;
import dev.foretell.router.upstream.measure.LastChange;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ejects one worker from one model if too many of its calls fail. Our {@link FailureWindow} decides when the breaker
 * opens, because Vert.x's counter forgets every failure at the next success. A Vert.x breaker, created for each
 * ejection, does the rest: it waits, is half open during a trial ({@link TrialVerdict}), and closes or opens again.
 * Thread-safe; takes no lock while closed.
 */
public final class EndpointBreaker {
    /** The state of the breaker. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** Bounds how many breakers of a pool are open: checks and opens in one step. */
    public interface Gate {
        void openIfAllowed(Runnable open);
    }

    private final Vertx vertx;
    private final BreakerConfig config;
    private final LongSupplier nanoClock;
    private final RandomBits random;
    private final FailureWindow window;
    private final Gate gate;
    private final Runnable changed;
    private volatile State state = State.CLOSED;
    private volatile LastChange change = LastChange.NEVER;
    private volatile long openUntilNanos;
    private volatile @Nullable TrialVerdict verdict;
    private int tripsInARow;
    private long closedAtNanos;

    /**
     * Creates a closed breaker.
     *
     * @param gate called before the breaker opens; it may keep the worker in the pool
     * @param changed called after each change of state, without holding a lock of this breaker
     */
    public EndpointBreaker(
            Vertx vertx, BreakerConfig config, LongSupplier nanoClock, RandomBits random, Gate gate, Runnable changed) {
        this.vertx = vertx;
        this.config = config;
        this.nanoClock = nanoClock;
        this.random = random;
        this.window = new FailureWindow(config.threshold().window());
        this.gate = gate;
        this.changed = changed;
    }

    public State state() {
        return state;
    }

    /** When the breaker lets trial calls through, or last did, on the monotonic clock. */
    public long openUntilNanos() {
        return openUntilNanos;
    }

    /** When it was last closed or opened. */
    public LastChange change() {
        return change;
    }

    public void record(boolean failed, long nowNanos) {
        if (state != State.CLOSED) {
            return;
        }
        window.add(failed, nowNanos);
        if (failed
                && window.isThresholdReached(
                        config.threshold().minCalls(), config.threshold().failureRate(), nowNanos)) {
            gate.openIfAllowed(() -> open(nowNanos));
        }
    }

    /** The calls recorded in the window; none while it is open. */
    public long calls(long nowNanos) {
        return window.sum(nowNanos).calls();
    }

    /** Takes one of the trial calls of a half-open breaker, with the verdict to report to; null if there is none. */
    public @Nullable TrialVerdict tryTrial() {
        TrialVerdict trials = verdict;
        if (trials == null || !trials.begin()) {
            return null;
        }
        if (trials.startsClock()) {
            vertx.setTimer(config.times().trialLimit().toMillis(), timer -> trials.timeIsUp());
        }
        return trials;
    }

    private void open(long nowNanos) {
        synchronized (this) {
            if (state != State.CLOSED) {
                return;
            }
            boolean inARow = closedAtNanos != 0
                    && nowNanos - closedAtNanos < config.times().maxEjection().toNanos();
            tripsInARow = inARow ? tripsInARow + 1 : 1;
            eject();
        }
        changed.run();
    }

    private void eject() {
        long millis = config.ejectionMillis(tripsInARow, random);
        openUntilNanos = nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        CircuitBreakerOptions options =
                new CircuitBreakerOptions().setMaxFailures(1).setTimeout(-1).setResetTimeout(millis);
        CircuitBreaker breaker = CircuitBreaker.create("ejection", vertx, options);
        breaker.halfOpenHandler(v -> halfOpen(breaker)).closeHandler(v -> readmit());
        breaker.open();
        breaker.openHandler(v -> ejectAgain(breaker));
        moveTo(State.OPEN, null);
    }

    /** For the Vert.x breaker the whole trial is one half-open execution, which ends with the verdict. */
    private void halfOpen(CircuitBreaker breaker) {
        breaker.<Void>execute(trial -> moveTo(State.HALF_OPEN, new TrialVerdict(readmit -> settle(trial, readmit))));
        changed.run();
    }

    private static void settle(Promise<Void> trial, boolean readmit) {
        if (readmit) {
            trial.complete();
        } else {
            trial.fail("its trial calls failed");
        }
    }

    private void ejectAgain(CircuitBreaker breaker) {
        breaker.halfOpenHandler(v -> {}).closeHandler(v -> {}).close();
        synchronized (this) {
            tripsInARow++;
            eject();
        }
        changed.run();
    }

    private void readmit() {
        synchronized (this) {
            window.clear();
            closedAtNanos = nanoClock.getAsLong();
            moveTo(State.CLOSED, null);
        }
        changed.run();
    }

    private void moveTo(State next, @Nullable TrialVerdict trials) {
        verdict = trials;
        if ((state == State.CLOSED) != (next == State.CLOSED)) {
            change = LastChange.at(nanoClock.getAsLong());
        }
        state = next;
    }
}
