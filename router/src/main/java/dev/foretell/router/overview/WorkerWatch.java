package dev.foretell.router.overview;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the states of all workers at all models; a host counts once. Confined to one thread, except {@link #now}. */
final class WorkerWatch {
    /** A worker at a model. */
    record Place(ModelKey model, WorkerId worker) {
        static Place of(Endpoint endpoint) {
            return new Place(endpoint.model(), endpoint.worker());
        }
    }

    /**
     * A change of state.
     *
     * @param before null for a worker that joins
     * @param after null for one that leaves
     * @param endpoint its present endpoint, or its last one
     */
    record Move(@Nullable RoutingObstacle before, @Nullable RoutingObstacle after, Endpoint endpoint) {}

    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final Map<Place, Endpoint> endpoints = new HashMap<>();
    private volatile Map<Place, WorkerHistory> now = Map.of();

    WorkerWatch(EndpointPools pools, HealthMonitor monitor) {
        this.pools = pools;
        this.monitor = monitor;
    }

    /** All workers at the last look. */
    Map<Place, WorkerHistory> now() {
        return now;
    }

    /** Looks at all workers; returns the changes since the last look. */
    List<Move> look(Instant at, double elapsedSeconds) {
        Map<Place, WorkerHistory> before = now;
        Map<Place, WorkerHistory> next = new HashMap<>(before.size() * 4 / 3 + 16);
        List<Move> moves = new ArrayList<>();
        for (EndpointPool pool : pools.all()) {
            if (Hosting.isOwnFunction(pool.model().type(), pool.model().name())) {
                continue;
            }
            for (Endpoint endpoint : pool.endpoints()) {
                Place place = Place.of(endpoint);
                endpoints.put(place, endpoint);
                next.put(place, look(endpoint, before.get(place), at, elapsedSeconds, moves));
            }
        }
        endpoints.entrySet().removeIf(known -> {
            boolean isGone = !next.containsKey(known.getKey());
            WorkerHistory last = before.get(known.getKey());
            if (isGone && last != null) {
                moves.add(new Move(last.state(), null, known.getValue()));
            }
            return isGone;
        });
        now = next;
        return moves;
    }

    private WorkerHistory look(
            Endpoint endpoint, @Nullable WorkerHistory before, Instant at, double elapsedSeconds, List<Move> moves) {
        WorkerStatus status = monitor.statusOf(endpoint.host()).orElseGet(WorkerStatus::unknown);
        RoutingObstacle state = RoutingObstacle.of(status, List.of(endpoint));
        if (before == null) {
            moves.add(new Move(null, state, endpoint));
            return WorkerHistory.begin(new WorkerHistory.Change(at, state), endpoint);
        }
        if (state != before.state()) {
            moves.add(new Move(before.state(), state, endpoint));
            before = before.with(new WorkerHistory.Change(at, state));
        }
        return before.withCalls(endpoint, elapsedSeconds);
    }
}
