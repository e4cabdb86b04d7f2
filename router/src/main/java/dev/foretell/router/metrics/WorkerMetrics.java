package dev.foretell.router.metrics;

import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.EndpointTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The metrics of the workers in the table. Workers that have left it have none. */
public record WorkerMetrics(EndpointPools pools, HealthMonitor monitor) {
    private static final String FAILURES = "failures";

    /** The endpoints of each worker, by its id. */
    Map<String, List<Endpoint>> workers() {
        Map<String, List<Endpoint>> workers = new TreeMap<>();
        pools.all()
                .forEach(pool -> pool.endpoints()
                        .forEach(endpoint -> workers.computeIfAbsent(
                                        endpoint.worker().toString(), id -> new ArrayList<>())
                                .add(endpoint)));
        return workers;
    }

    /** The sources of a family, one per worker. */
    List<Consumer<Page>> sources(Family family, Map<String, List<Endpoint>> workers) {
        return switch (family) {
            case WORKER_REQUESTS, WORKER_DURATION -> {
                List<Consumer<Page>> all = new ArrayList<>();
                workers.forEach((id, endpoints) ->
                        endpoints.forEach(endpoint -> all.add(page -> endpoint(page, id, endpoint))));
                yield all;
            }
            case WORKER_STATE, WORKER_INFLIGHT, WORKER_STRAYS, SUSPICIONS, EJECTIONS -> {
                List<Consumer<Page>> all = new ArrayList<>();
                workers.forEach((id, endpoints) -> all.add(page -> worker(page, id, endpoints)));
                yield all;
            }
            default -> List.of();
        };
    }

    private void worker(Page page, String id, List<Endpoint> endpoints) {
        switch (page.family()) {
            case WORKER_INFLIGHT -> page.value(endpoints.get(0).inFlight(), id);
            case WORKER_STRAYS -> page.value(endpoints.get(0).host().strays().count(), id);
            case SUSPICIONS -> page.value(endpoints.get(0).host().suspicions(), id);
            case WORKER_STATE -> state(page, id, endpoints);
            default -> endpoints.forEach(endpoint -> page.value(endpoint.ejections(), id, FAILURES));
        }
    }

    private void state(Page page, String id, List<Endpoint> endpoints) {
        RoutingObstacle now = RoutingObstacle.of(
                monitor.statusOf(endpoints.get(0).host()).orElseGet(WorkerStatus::unknown), endpoints);
        for (RoutingObstacle state : RoutingObstacle.values()) {
            page.flag(state == now, id, ModelMetrics.word(state));
        }
    }

    private static void endpoint(Page page, String id, Endpoint endpoint) {
        String model = ModelMetrics.model(endpoint.model());
        String version = ModelMetrics.version(endpoint.model());
        EndpointTally tally = endpoint.tally();
        if (page.family() == Family.WORKER_DURATION) {
            page.total(tally.responses() + tally.refusals(), tally.nanos(), id, model, version);
            return;
        }
        page.value(tally.responses(), id, model, version, "ok");
        page.value(tally.refusals(), id, model, version, "client_error");
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            if (tally.failures(why) > 0) {
                page.value(tally.failures(why), id, model, version, ModelMetrics.word(why));
            }
        }
    }
}
