package dev.foretell.router.upstream.breaker;

import dev.foretell.router.balance.RandomBits;
import java.time.Duration;

/**
 * When a worker that fails its calls for one model is ejected. Failures are broken connections, deadlines passed at the
 * worker and 5xx; never 4xx, 429 or "busy" (503).
 *
 * @param window how far back calls are looked at
 * @param minCalls fewer calls in the window than this never eject
 * @param failureRate share of failed calls in the window that ejects, over 0 to 1
 * @param ejection how long the first ejection lasts; the n-th in a row lasts n times as long, each up to a fifth longer so
 *     that workers do not come back in step
 * @param maxEjection the longest it gets
 * @param maxEjected largest share of a model's workers that may be ejected at once, 0 to 1
 * @param trialLimit how long the trial calls of a worker may take before it is judged by those that ended
 * @param panic while less than this share of a model's workers can take calls, its ejections are ignored; 0 to 1
 */
public record BreakerConfig(
        Duration window,
        int minCalls,
        double failureRate,
        Duration ejection,
        Duration maxEjection,
        double maxEjected,
        Duration trialLimit,
        double panic) {
    private static final double JITTER = 0.2;

    public BreakerConfig {
        if (window.toMillis() < 100 || ejection.toMillis() < 10 || maxEjection.compareTo(ejection) < 0) {
            throw new IllegalArgumentException(
                    "window must be at least 100ms, ejection at least 10ms, max-ejection at least ejection");
        }
        if (minCalls < 1 || failureRate <= 0 || failureRate > 1 || maxEjected < 0 || maxEjected > 1) {
            throw new IllegalArgumentException(
                    "min-calls must be at least 1, failure-rate over 0 and at most 1, max-ejected from 0 to 1");
        }
        if (trialLimit.toMillis() < 10 || !(panic >= 0 && panic <= 1)) {
            throw new IllegalArgumentException("trial-limit must be at least 10ms, and panic from 0 to 1");
        }
    }

    public static BreakerConfig defaults() {
        return new BreakerConfig(
                Duration.ofSeconds(10),
                20,
                0.5,
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                0.5,
                Duration.ofSeconds(10),
                0.5);
    }

    /** The length of the n-th ejection in a row. */
    long ejectionMillis(int n, RandomBits random) {
        long grown = ejection.toMillis() * n;
        return Math.min(maxEjection.toMillis(), grown + random.below((long) (grown * JITTER) + 1));
    }

    /** Whether so few of a pool's endpoints are routable that its ejections are ignored. */
    public boolean isPanic(int routable, int seats) {
        return routable < panic * seats;
    }
}
