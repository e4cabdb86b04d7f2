package dev.foretell.router.overview;

import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.upstream.pool.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The states of a worker at one model, and its calls.
 *
 * @param strip its last changes of state, the oldest first
 * @param requests all requests so far, for the next look
 */
public record WorkerHistory(List<Change> strip, double callsPerSecond, long requests) {
    /** The number of changes that are kept. */
    public static final int KEPT = 30;

    /** A state, and when it began. */
    public record Change(Instant at, RoutingObstacle state) {}

    public WorkerHistory {
        strip = List.copyOf(strip);
    }

    static WorkerHistory begin(Change first, Endpoint endpoint) {
        return new WorkerHistory(List.of(first), 0, requests(endpoint));
    }

    public RoutingObstacle state() {
        return strip.get(strip.size() - 1).state();
    }

    WorkerHistory with(Change change) {
        return new WorkerHistory(
                Stream.concat(strip.stream(), Stream.of(change))
                        .skip(Math.max(0, strip.size() + 1 - KEPT))
                        .toList(),
                callsPerSecond,
                requests);
    }

    /** A new endpoint counts from zero. */
    WorkerHistory withCalls(Endpoint endpoint, double seconds) {
        long now = requests(endpoint);
        double rate = Math.round(Math.max(0, now - requests) / Math.max(seconds, 0.001) * 100) / 100.0;
        return rate == callsPerSecond && now == requests ? this : new WorkerHistory(strip, rate, now);
    }

    private static long requests(Endpoint endpoint) {
        return endpoint.tally().responses() + endpoint.tally().refusals();
    }
}
