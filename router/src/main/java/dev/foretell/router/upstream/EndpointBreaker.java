package dev.foretell.router.upstream;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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

    private final Vertx vertx;
    private final BreakerConfig config;
    private final LongSupplier nanoClock;
    private final FailureWindow window;
    private final BooleanSupplier mayOpen;
    private final Runnable changed;
    private final AtomicBoolean trialTaken = new AtomicBoolean();
    private volatile State state = State.CLOSED;
    private volatile @Nullable CircuitBreaker trip;
    private int tripsInARow;
    private long closedAtNanos;

    /**
     * A closed breaker.
     *
     * @param mayOpen asked before it opens: false keeps the worker in, however it fails
     * @param changed called after each change of state
     */
    EndpointBreaker(
            Vertx vertx, BreakerConfig config, LongSupplier nanoClock, BooleanSupplier mayOpen, Runnable changed) {
        this.vertx = vertx;
        this.config = config;
        this.nanoClock = nanoClock;
        this.window = new FailureWindow(config.window());
        this.mayOpen = mayOpen;
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
        if (failed && window.reached(config.minCalls(), config.failureRate(), nowNanos) && mayOpen.getAsBoolean()) {
            open(nowNanos);
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

    private synchronized void open(long nowNanos) {
        if (state != State.CLOSED) {
            return;
        }
        boolean inARow = closedAtNanos != 0
                && nowNanos - closedAtNanos < config.maxEjection().toNanos();
        tripsInARow = inARow ? tripsInARow + 1 : 1;
        eject();
    }

    private void eject() {
        CircuitBreakerOptions options = new CircuitBreakerOptions()
                .setMaxFailures(1)
                .setTimeout(-1)
                .setResetTimeout(ejection().toMillis());
        CircuitBreaker breaker = CircuitBreaker.create("ejection", vertx, options)
                .failurePolicy(result -> result.failed() && !isBusy(result.cause()))
                .halfOpenHandler(v -> moveTo(State.HALF_OPEN))
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

    private synchronized void trialFailed(CircuitBreaker breaker) {
        breaker.halfOpenHandler(v -> {}).closeHandler(v -> {}).close();
        tripsInARow++;
        eject();
    }

    private synchronized void readmit() {
        window.clear();
        closedAtNanos = nanoClock.getAsLong();
        trip = null;
        moveTo(State.CLOSED);
    }

    private void moveTo(State next) {
        trialTaken.set(false);
        state = next;
        changed.run();
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof ServingException serving && serving.kind() == FailureKind.WORKERS_BUSY;
    }
}
