package dev.foretell.router.upstream.breaker;

import dev.foretell.router.balance.RandomBits;
import java.time.Duration;

/**
 * When a worker is ejected from one model because of its failures. Failures are broken connections, deadlines that
 * passed at the worker, and 5xx; never 4xx, 429 or "busy" (503).
 *
 * @param window the period over which calls are counted
 * @param minCalls a worker with fewer calls in the window is never ejected
 * @param failureRate the share of failed calls that ejects, greater than 0 and at most 1
 * @param ejection the duration of the first ejection; the n-th in a row lasts n times as long, plus up to a fifth, so
 *     that workers do not return at the same time
 * @param maxEjection the maximum duration of an ejection
 * @param maxEjected the maximum share of a model's workers that may be ejected at once, 0 to 1
 * @param trialLimit the maximum time until a trial is judged by the calls that have ended
 * @param panic ejections are ignored while less than this share of a model's workers is available; 0 to 1
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

    /** Whether so few endpoints of a pool are routable that ejections are ignored. */
    public boolean isPanic(int routable, int seats) {
        return routable < panic * seats;
    }
}
