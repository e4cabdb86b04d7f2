package dev.foretell.router.health;

import java.time.Duration;

/**
 * How workers are probed.
 *
 * @param kind the kind of probe
 * @param interval time between two probes of one worker
 * @param timeout maximum time of a probe
 * @param failures consecutive failed probes that mark a worker as down; a refused connection does so at once
 * @param remindEvery how often a worker that stays down is logged again
 */
public record HealthConfig(Kind kind, Duration interval, Duration timeout, int failures, Duration remindEvery) {
    /** The kind of a probe. */
    public enum Kind {
        /** {@code GET /} must respond with 2xx; the router reads the worker's index from the response. */
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
