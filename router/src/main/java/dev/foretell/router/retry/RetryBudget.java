package dev.foretell.router.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of a model that are under way at once, so that a pool that fails is not buried under them: at most
 * {@code max(min, share * first attempts in flight)}.
 *
 * <p>Source: Envoy's retry budget.
 *
 * @param share of the calls in flight that are not retries
 * @param min always allowed
 */
record RetryBudget(double share, int min) {
    /**
     * Takes a place for one more retry, if there is one.
     *
     * @param underWay the model's retries that have a place
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
