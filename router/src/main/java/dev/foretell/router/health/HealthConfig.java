package dev.foretell.router.health;

import java.time.Duration;

/**
 * How workers are probed.
 *
 * @param kind what a probe is
 * @param interval between probes of one worker
 * @param timeout how long a probe may take
 * @param failures failed probes in a row that take a worker out; a refused connection does at once
 * @param remindEvery how often a worker that stays down is reported again
 */
public record HealthConfig(Kind kind, Duration interval, Duration timeout, int failures, Duration remindEvery) {
    /** What a probe is. */
    public enum Kind {
        /** {@code GET /} must be answered with 2xx; what it says of the worker's functions is taken over. */
        HTTP,
        /** A TCP connection must open. */
        TCP
    }

    public HealthConfig {
        if (interval.toMillis() < 10 || timeout.toMillis() < 1 || failures < 1 || remindEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "interval must be at least 10ms, timeout and remind-every 1ms, failures 1");
        }
    }

    public static HealthConfig defaults() {
        return new HealthConfig(Kind.HTTP, Duration.ofSeconds(2), Duration.ofSeconds(1), 3, Duration.ofHours(1));
    }
}
