package dev.foretell.worker.registration;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to contact a router next: after a third of the lease while registered, or after 1 to 5 seconds otherwise; with
 * jitter.
 */
final class Backoff {
    private static final long FIRST_MS = 1_000;
    private static final long MAX_MS = 5_000;
    private static final long MAX_TURN_MS = 250;

    private final long renewalMs;
    private final RandomGenerator random;
    private long retryMs = FIRST_MS;

    Backoff(Duration lease, RandomGenerator random) {
        this.renewalMs = lease.toMillis() / 3;
        this.random = random;
    }

    long afterSuccess() {
        retryMs = FIRST_MS;
        return jitter(renewalMs);
    }

    /** The next router is asked almost at once; the jitter spreads many workers. */
    long beforeAnother() {
        return 1 + random.nextLong(MAX_TURN_MS);
    }

    long afterFailure() {
        long wait = Math.min(retryMs, renewalMs);
        retryMs = Math.min(MAX_MS, retryMs * 2);
        return jitter(wait);
    }

    /** Up to a tenth less, never more, so that no lease expires. */
    private long jitter(long wait) {
        return Math.max(1, wait - random.nextLong(wait / 10 + 1));
    }
}
