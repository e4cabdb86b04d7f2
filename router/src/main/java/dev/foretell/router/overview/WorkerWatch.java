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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Follows the states of all workers at all models; a host counts once. Confined to one thread, except {@link #find}. */
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
    record Move(@Nullable RoutingObstacle before, @Nullable RoutingObstacle after, Endpoint endpoint) {
        private boolean changesMap() {
            return before == null || after == null;
        }
    }

    /** The history is for all threads, the rest for the one that looks. */
    private static final class Watched {
        private Endpoint endpoint;
        private volatile WorkerHistory history;
        private long round;

        private Watched(Endpoint endpoint, WorkerHistory history) {
            this.endpoint = endpoint;
            this.history = history;
        }
    }

    private final EndpointPools pools;
    private final HealthMonitor monitor;
    /** Tens of thousands, so a look changes only what has changed. */
    private final Map<Place, Watched> watched = new ConcurrentHashMap<>();

    private long round;
    private int workers;
    private boolean allReady = true;

    WorkerWatch(EndpointPools pools, HealthMonitor monitor) {
        this.pools = pools;
        this.monitor = monitor;
    }

    /** A worker at the last look; null if it was not at that place. */
    @Nullable
    WorkerHistory find(Place place) {
        Watched known = watched.get(place);
        return known == null ? null : known.history;
    }

    /** The number of different workers at the last look. */
    int workers() {
        return workers;
    }

    /** Whether all workers were ready at the last look, as they nearly always are. */
    boolean areAllReady() {
        return allReady;
    }

    /** Calls the action for each worker at each of its models. */
    void forEach(BiConsumer<Place, RoutingObstacle> action) {
        watched.forEach((place, known) -> action.accept(place, known.history.state()));
    }

    /** Looks at all workers; returns the changes since the last look. */
    List<Move> look(Instant at, double elapsedSeconds) {
        List<Move> moves = new ArrayList<>();
        round++;
        allReady = true;
        for (EndpointPool pool : pools.all()) {
            if (Hosting.isOwnFunction(pool.model().type(), pool.model().name())) {
                continue;
            }
            for (Endpoint endpoint : pool.endpoints()) {
                look(endpoint, at, elapsedSeconds, moves);
            }
        }
        watched.values().removeIf(known -> {
            boolean isGone = known.round != round;
            if (isGone) {
                moves.add(new Move(known.history.state(), null, known.endpoint));
            }
            return isGone;
        });
        if (moves.stream().anyMatch(Move::changesMap)) {
            workers = (int)
                    watched.keySet().stream().map(Place::worker).distinct().count();
        }
        return moves;
    }

    private void look(Endpoint endpoint, Instant at, double elapsedSeconds, List<Move> moves) {
        WorkerStatus status = monitor.statusOf(endpoint.host()).orElseGet(WorkerStatus::unknown);
        RoutingObstacle state = RoutingObstacle.of(status, List.of(endpoint));
        allReady &= state == RoutingObstacle.READY;
        Place place = Place.of(endpoint);
        Watched known = watched.get(place);
        if (known == null) {
            moves.add(new Move(null, state, endpoint));
            known = new Watched(endpoint, WorkerHistory.begin(new WorkerHistory.Change(at, state), endpoint));
            watched.put(place, known);
        } else {
            known.endpoint = endpoint;
            known.history = next(known.history, state, endpoint, at, moves).withCalls(endpoint, elapsedSeconds);
        }
        known.round = round;
    }

    private static WorkerHistory next(
            WorkerHistory before, RoutingObstacle state, Endpoint endpoint, Instant at, List<Move> moves) {
        if (state == before.state()) {
            return before;
        }
        moves.add(new Move(before.state(), state, endpoint));
        return before.with(new WorkerHistory.Change(at, state));
    }
}
