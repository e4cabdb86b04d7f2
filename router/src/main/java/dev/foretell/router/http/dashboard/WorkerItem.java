package dev.foretell.router.http.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.overview.WorkerHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker at a model, in the response of {@code GET /v1/dashboard/workers}.
 *
 * @param strip its last changes of state, the oldest first
 */
record WorkerItem(
        @JsonUnwrapped Place place,
        @JsonUnwrapped State state,
        @JsonUnwrapped Load load,
        List<Change> strip) {
    /** Where it is. */
    record Place(String type, String model, String id, String host, int port) {}

    /**
     * What keeps it from calls, if anything.
     *
     * @param why null if it gets its share
     */
    record State(RoutingObstacle state, @Nullable String why) {}

    /**
     * What it does.
     *
     * @param inFlight calls of this router in flight at its address
     * @param leaseSecondsLeft null without a lease
     * @param warmUpShare the percentage of its share that it gets
     */
    record Load(int inFlight, @Nullable Long leaseSecondsLeft, long warmUpShare, double callsPerSecond) {}

    /** @param at ISO 8601 in UTC */
    record Change(String at, RoutingObstacle state) {
        static Change of(WorkerHistory.Change change) {
            return new Change(change.at().toString(), change.state());
        }
    }
}
