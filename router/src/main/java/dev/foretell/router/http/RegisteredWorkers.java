package dev.foretell.router.http;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.Seat;
import java.util.Set;
import java.util.stream.Collectors;

/** How many workers may be registered, and what is done once some have been. */
public record RegisteredWorkers(EndpointPools pools, HealthMonitor monitor) {
    int maxEntries() {
        return pools.routing().maxEntries();
    }

    /** Probes those that are down: one that registers again has most likely just come back. */
    void probe(RoutingMap registered) {
        registered.models().forEach((key, model) -> pools.find(key).ifPresent(pool -> probe(pool, model)));
    }

    private void probe(EndpointPool pool, RoutingMap.Model registered) {
        Set<WorkerId> workers =
                registered.workers().stream().map(WorkerEntry::id).collect(Collectors.toSet());
        pool.seats().stream()
                .filter(seat -> !seat.endpoint().isUp() && workers.contains(seat.worker()))
                .map(Seat::endpoint)
                .forEach(monitor::probeNow);
    }
}
