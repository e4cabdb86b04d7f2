package dev.foretell.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of all calls together: ten at once, and in the long run one for ten calls that succeed. A client
 * that sent all its calls three times would prolong the overload that makes them fail. Thread-safe.
 */
final class RetryBudget {
    private static final int FULL = 100;
    private static final int RETRY = 10;

    private final AtomicInteger left = new AtomicInteger(FULL);

    /** Takes a retry, if there is one. */
    boolean tryTake() {
        return left.getAndUpdate(budget -> budget >= RETRY ? budget - RETRY : budget) >= RETRY;
    }

    /** A call has succeeded. */
    void refill() {
        if (left.get() < FULL) {
            left.getAndUpdate(budget -> Math.min(FULL, budget + 1));
        }
    }
}
