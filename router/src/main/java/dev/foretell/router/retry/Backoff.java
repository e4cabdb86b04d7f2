package dev.foretell.router.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The wait before a retry: {@code random(0, min(longest, first * 2^(n-1)))}, so that calls that failed together do not
 * retry together.
 *
 * <p>Source: Brooker, "Exponential Backoff And Jitter" (2015), full jitter.
 *
 * @param random from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {
    /** Before the n-th retry, n from 1. */
    long millis(int n) {
        return (long) (random.getAsDouble() * (most(n) + 1));
    }

    private long most(int n) {
        double grown = first.toMillis() * Math.pow(2, n - 1.0);
        return (long) Math.min(longest.toMillis(), grown);
    }
}
