package dev.foretell.router.http.admin;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.Set;
import java.util.stream.Collectors;

/** Bounds the number of registered workers, and acts on new registrations. */
public record RegisteredWorkers(EndpointPools pools, HealthMonitor monitor) {
    int maxEntries() {
        return pools.routing().maxEntries();
    }

    /** Probes the registered workers that are down: a worker that registers again has most likely just come back. */
    void probe(RoutingMap registered) {
        registered.models().forEach((key, model) -> pools.find(key).ifPresent(pool -> probe(pool, model)));
    }

    private void probe(EndpointPool pool, RoutingMap.Model registered) {
        Set<WorkerId> workers =
                registered.workers().stream().map(WorkerEntry::id).collect(Collectors.toSet());
        pool.endpoints().stream()
                .filter(endpoint -> !endpoint.host().isUp() && workers.contains(endpoint.worker()))
                .map(Endpoint::host)
                .forEach(monitor::probeNow);
    }
}
