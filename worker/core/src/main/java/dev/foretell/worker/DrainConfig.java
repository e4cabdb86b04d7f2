package dev.foretell.worker;

import java.time.Duration;

/**
 * How a worker shuts down.
 *
 * @param settle how long it keeps taking calls after it has left the router's map, for routers that do not know yet
 * @param timeout maximum wait for calls in flight
 */
public record DrainConfig(Duration settle, Duration timeout) {
    public static DrainConfig defaults() {
        return new DrainConfig(Duration.ofMillis(500), Duration.ofSeconds(30));
    }
}
