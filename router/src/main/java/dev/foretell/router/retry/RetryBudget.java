package dev.foretell.router.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of a model in flight, so that they do not overload a failing pool: at most {@code max(min, share *
 * first attempts in flight)}.
 *
 * <p>Source: Envoy's retry budget.
 *
 * @param share as a share of the calls in flight that are not retries
 * @param min the number that is always allowed
 */
record RetryBudget(double share, int min) {
    /**
     * Takes a place for one more retry, if there is one.
     *
     * @param underWay the model's retries that hold a place
     * @param inFlight all of its calls in flight at workers
     */
    boolean take(AtomicInteger underWay, int inFlight) {
        int now = underWay.get();
        while (now < limit(inFlight - now)) {
            if (underWay.compareAndSet(now, now + 1)) {
                return true;
            }
            now = underWay.get();
        }
        return false;
    }

    private int limit(int firstAttempts) {
        return Math.max(min, (int) (share * firstAttempts));
    }
}
