package dev.foretell.router.retry;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides when the next attempt of one call may start: at once, or after a backoff and with a place in its model's
 * budget. It waits for that at most a second in all, and another second for a busy worker, and never past the deadline.
 * Confined to the call's event loop.
 */
public final class RetryGate {
    private static final long MAX_MILLIS = 1000;
    /** Keeps a call without budget from retrying in a tight loop. */
    private static final long MIN_PAUSE_MILLIS = 5;

    private final Retryable call;
    private final RetryBudget budget;
    private final Backoff backoff;
    private final LongSupplier nanoClock;
    private long waitedMillis;
    private long waitedForBusyMillis;
    private boolean hasPlace;

    RetryGate(Retryable call, RetryBudget budget, Backoff backoff, LongSupplier nanoClock) {
        this.call = call;
        this.budget = budget;
        this.backoff = backoff;
        this.nanoClock = nanoClock;
    }

    /**
     * Completes when the next attempt may start. Fails with the last failure if there is no next attempt, or if the
     * call is cancelled.
     *
     * @param number the number of the failed attempt
     */
    public Future<Void> next(Throwable failure, int number) {
        Optional<RetryDecision> onward = call.onward(failure);
        if (onward.isEmpty()) {
            return Future.failedFuture(failure);
        }
        return switch (onward.get().when()) {
            case AT_ONCE -> Future.succeededFuture();
            case IF_ROOM -> takesPlace() ? Future.succeededFuture() : failExhausted(failure);
            case BACKED_OFF -> backOff(failure, number, onward.get());
        };
    }

    private boolean takesPlace() {
        hasPlace = budget.take(call.retriesUnderWay(), call.inFlight());
        return hasPlace;
    }

    private Future<Void> failExhausted(Throwable failure) {
        call.onBudgetExhausted();
        return Future.failedFuture(failure);
    }

    private Future<Void> backOff(Throwable failure, int number, RetryDecision onward) {
        long busy = onward.notBeforeMillis();
        if (busy > remainingMillis(waitedForBusyMillis)) {
            return Future.failedFuture(failure);
        }
        waitedForBusyMillis += busy;
        long wait = Math.min(backoff.millis(number), (remainingMillis(waitedMillis) - busy) / 2);
        return pause(busy, Math.max(0, wait)).compose(v -> place(failure, number));
    }

    private Future<Void> place(Throwable failure, int round) {
        if (takesPlace()) {
            return Future.succeededFuture();
        }
        long wait = Math.max(MIN_PAUSE_MILLIS, backoff.millis(round + 1));
        if (wait >= remainingMillis(waitedMillis)) {
            return failExhausted(failure);
        }
        return pause(0, wait).compose(v -> place(failure, round + 1));
    }

    private Future<Void> pause(long busy, long millis) {
        waitedMillis += millis;
        return busy + millis == 0 ? Future.succeededFuture() : call.pause(busy + millis);
    }

    private long remainingMillis(long waited) {
        Deadline deadline = call.deadline();
        long untilDeadline = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos(nanoClock.getAsLong()));
        return Math.min(MAX_MILLIS - waited, untilDeadline);
    }

    /** Makes the next attempt, which holds its place in the budget until it ends, even by an exception. */
    public <T> Future<T> attempt(Supplier<Future<T>> next) {
        return Future.succeededFuture().compose(v -> next.get()).onComplete(done -> release());
    }

    /** The attempt has ended and frees its place. Harmless if it had none. */
    public void release() {
        if (hasPlace) {
            hasPlace = false;
            call.retriesUnderWay().decrementAndGet();
        }
    }
}
