package dev.foretell.router.upstream;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ejects one worker from one model when too many of its calls fail. Our {@link FailureWindow} decides when it opens (Vert.x's
 * own counter forgets every failure at the next success); the Vert.x breaker, made for each trip, does the rest: it waits,
 * lets one trial call through, and closes or opens again. Thread-safe; while closed it takes no lock.
 */
final class EndpointBreaker {
    /** The breaker's state, as everyone knows it. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** Bounds how many of a pool's breakers are open: asks and opens in one step. */
    interface Gate {
        void openIfAllowed(Runnable open);
    }

    private final Vertx vertx;
    private final BreakerConfig config;
    private final LongSupplier nanoClock;
    private final FailureWindow window;
    private final Gate gate;
    private final Runnable changed;
    private final AtomicBoolean trialTaken = new AtomicBoolean();
    private volatile State state = State.CLOSED;
    private volatile @Nullable CircuitBreaker trip;
    private int tripsInARow;
    private long closedAtNanos;

    /**
     * A closed breaker.
     *
     * @param gate asked before it opens: it may keep the worker in, however it fails
     * @param changed called after each change of state, with no lock of this breaker held
     */
    EndpointBreaker(Vertx vertx, BreakerConfig config, LongSupplier nanoClock, Gate gate, Runnable changed) {
        this.vertx = vertx;
        this.config = config;
        this.nanoClock = nanoClock;
        this.window = new FailureWindow(config.window());
        this.gate = gate;
        this.changed = changed;
    }

    State state() {
        return state;
    }

    void record(boolean failed, long nowNanos) {
        if (state != State.CLOSED) {
            return;
        }
        window.add(failed, nowNanos);
        if (failed && window.reached(config.minCalls(), config.failureRate(), nowNanos)) {
            gate.openIfAllowed(() -> open(nowNanos));
        }
    }

    /** Takes the one trial call that a half-open breaker lets through; the caller must then {@link #runTrial} it. */
    boolean tryTrial() {
        return state == State.HALF_OPEN && trialTaken.compareAndSet(false, true);
    }

    <T> Future<T> runTrial(Supplier<Future<T>> call) {
        CircuitBreaker breaker = trip;
        if (breaker == null) {
            return call.get();
        }
        return breaker.execute(promise -> call.get().onComplete(promise));
    }

    private void open(long nowNanos) {
        synchronized (this) {
            if (state != State.CLOSED) {
                return;
            }
            boolean inARow = closedAtNanos != 0
                    && nowNanos - closedAtNanos < config.maxEjection().toNanos();
            tripsInARow = inARow ? tripsInARow + 1 : 1;
            eject();
        }
        changed.run();
    }

    private void eject() {
        CircuitBreakerOptions options = new CircuitBreakerOptions()
                .setMaxFailures(1)
                .setTimeout(-1)
                .setResetTimeout(ejection().toMillis());
        CircuitBreaker breaker = CircuitBreaker.create("ejection", vertx, options)
                .failurePolicy(result -> result.failed() && !isBusy(result.cause()))
                .halfOpenHandler(v -> halfOpen())
                .closeHandler(v -> readmit());
        breaker.open();
        breaker.openHandler(v -> trialFailed(breaker));
        trip = breaker;
        moveTo(State.OPEN);
    }

    private Duration ejection() {
        Duration grown = config.ejection().multipliedBy(tripsInARow);
        return grown.compareTo(config.maxEjection()) < 0 ? grown : config.maxEjection();
    }

    private void halfOpen() {
        moveTo(State.HALF_OPEN);
        changed.run();
    }

    private void trialFailed(CircuitBreaker breaker) {
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
            trip = null;
            moveTo(State.CLOSED);
        }
        changed.run();
    }

    private void moveTo(State next) {
        trialTaken.set(false);
        state = next;
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof ServingException serving && serving.kind() == FailureKind.WORKERS_BUSY;
    }
}
