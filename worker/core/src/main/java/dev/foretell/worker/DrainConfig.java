package dev.foretell.worker;

import java.time.Duration;

/**
 * How a worker ends.
 *
 * @param settle how long it goes on taking calls after it has left the router's map, for routers that have not heard yet
 * @param timeout the longest it waits for calls in flight
 */
public record DrainConfig(Duration settle, Duration timeout) {
    public static DrainConfig defaults() {
        return new DrainConfig(Duration.ofMillis(500), Duration.ofSeconds(30));
    }
}
