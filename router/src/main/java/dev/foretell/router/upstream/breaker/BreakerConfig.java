package dev.foretell.router.upstream.breaker;

import dev.foretell.commons.config.Inline;
import dev.foretell.router.balance.RandomBits;
import java.time.Duration;

/**
 * When a worker is ejected from one model because of its failures. Failures are broken connections, deadlines that
 * passed at the worker, and 5xx; never 4xx, 429 or "busy" (503).
 */
public record BreakerConfig(
        @Inline Threshold threshold,
        @Inline Times times,
        @Inline Shares shares) {
    private static final double JITTER = 0.2;

    /**
     * What ejects.
     *
     * @param window how far back calls count
     * @param minCalls fewer calls in the window than this never eject
     * @param failureRate share of failed calls in the window that ejects, over 0 to 1
     */
    public record Threshold(Duration window, int minCalls, double failureRate) {
        public Threshold {
            if (window.toMillis() < 100) {
                throw new IllegalArgumentException("window must be at least 100ms");
            }
            if (minCalls < 1 || failureRate <= 0 || failureRate > 1) {
                throw new IllegalArgumentException("min-calls must be at least 1, failure-rate over 0 and at most 1");
            }
        }
    }

    /**
     * How long it lasts.
     *
     * @param ejection how long the first ejection lasts; the n-th in a row lasts n times as long, each up to a fifth longer so
     *     that workers do not come back in step
     * @param maxEjection the longest it gets
     * @param trialLimit how long the trial calls of a worker may take before it is judged by those that ended
     */
    public record Times(Duration ejection, Duration maxEjection, Duration trialLimit) {
        public Times {
            if (ejection.toMillis() < 10 || maxEjection.compareTo(ejection) < 0) {
                throw new IllegalArgumentException("ejection must be at least 10ms, max-ejection at least ejection");
            }
            if (trialLimit.toMillis() < 10) {
                throw new IllegalArgumentException("trial-limit must be at least 10ms");
            }
        }
    }

    /**
     * How much of a model's pool may be lost to ejections.
     *
     * @param maxEjected largest share of a model's workers that may be ejected at once, 0 to 1
     * @param panic while less than this share of a model's workers can take calls, its ejections are ignored; 0 to 1
     */
    public record Shares(double maxEjected, double panic) {
        public Shares {
            if (maxEjected < 0 || maxEjected > 1 || !(panic >= 0 && panic <= 1)) {
                throw new IllegalArgumentException("max-ejected and panic must be from 0 to 1");
            }
        }
    }

    public static BreakerConfig defaults() {
        return new BreakerConfig(
                new Threshold(Duration.ofSeconds(10), 20, 0.5),
                new Times(Duration.ofSeconds(5), Duration.ofSeconds(300), Duration.ofSeconds(10)),
                new Shares(0.5, 0.5));
    }

    /** The length of the n-th ejection in a row. */
    long ejectionMillis(int n, RandomBits random) {
        long grown = times.ejection().toMillis() * n;
        return Math.min(times.maxEjection().toMillis(), grown + random.below((long) (grown * JITTER) + 1));
    }

    /** Whether so few endpoints of a pool are routable that ejections are ignored. */
    public boolean isPanic(int routable, int endpoints) {
        return routable < shares.panic() * endpoints;
    }
}
