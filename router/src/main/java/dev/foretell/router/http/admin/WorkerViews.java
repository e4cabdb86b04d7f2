package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Views of workers for people: their registration and their health. */
public final class WorkerViews {
    private static final int MAX_COMPARED = 1000;

    private final EndpointPools pools;
    private final WorkerHealthReader health;

    public WorkerViews(EndpointPools pools, HealthMonitor monitor, Leases leases) {
        this.pools = pools;
        this.health = new WorkerHealthReader(monitor, leases);
    }

    /**
     * The workers of one type by id.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} if the type does not exist
     */
    JsonPieces ofType(String type) {
        Map<String, EndpointPool> models = pools.ofType(type);
        if (models.isEmpty()) {
            throw new ServingException(
                    FailureKind.MODEL_NOT_FOUND,
                    "no model type '" + NearestNames.abbreviate(type) + "' is registered"
                            + NearestNames.of(type, pools.types()));
        }
        return byId(
                models.values().stream().toList(),
                endpoints -> worker(endpoints, endpoint -> endpoint.model().name()));
    }

    /** All workers. */
    JsonPieces all() {
        return JsonPieces.array(
                byWorker(pools.all()).values().stream().map(this::worker).iterator());
    }

    private static JsonPieces byId(List<EndpointPool> pools, Function<List<Endpoint>, Object> view) {
        return JsonPieces.object(byWorker(pools).entrySet().stream()
                .map(worker -> Map.entry(worker.getKey(), view.apply(worker.getValue())))
                .iterator());
    }

    /**
     * One worker by its id.
     *
     * @throws ServingException {@link FailureKind#NOT_FOUND} if no model has it
     */
    WorkerView one(String id) {
        return worker(endpointsOf(id));
    }

    /** The endpoints of a worker, at least one; fails like {@link #one}. */
    List<Endpoint> endpointsOf(String id) {
        List<Endpoint> endpoints = pools.all().stream()
                .flatMap(pool -> pool.endpoints().stream())
                .filter(endpoint -> endpoint.worker().toString().equals(id))
                .toList();
        if (endpoints.isEmpty()) {
            throw new ServingException(FailureKind.NOT_FOUND, absence(id));
        }
        return endpoints;
    }

    private String absence(String id) {
        List<String> some = pools.all().stream()
                .flatMap(pool -> pool.endpoints().stream())
                .map(endpoint -> endpoint.worker().toString())
                .limit(MAX_COMPARED)
                .toList();
        return "there is no worker '" + NearestNames.abbreviate(id) + "' in the map"
                + NearestNames.of(id.replace(':', '-'), some);
    }

    /** The state of a worker at one model, in words. */
    public EndpointState explain(Endpoint endpoint) {
        return health.explain(endpoint);
    }

    /** Its state alone, which costs less. */
    public RoutingObstacle state(Endpoint endpoint) {
        return health.state(endpoint);
    }

    /** The health of all workers by id. */
    JsonPieces health() {
        return byId(pools.all(), health::read);
    }

    /** The figures of each model's calls, by {@code type/model}. */
    JsonPieces models() {
        return JsonPieces.object(pools.all().stream()
                .sorted(Comparator.comparing(pool -> pool.model().toString()))
                .map(pool -> Map.entry(pool.model().toString(), ModelCalls.of(pool)))
                .iterator());
    }

    /**
     * The share of the registered worker capacity that is available now, in percent; 0 only if no worker is available.
     */
    int capacityPercent() {
        long registered = 0;
        long routable = 0;
        for (EndpointPool pool : pools.all()) {
            for (Endpoint endpoint : pool.endpoints()) {
                registered += endpoint.entry().share();
                routable += endpoint.isRoutable() || endpoint.isWarming()
                        ? endpoint.entry().share()
                        : 0;
            }
        }
        return routable == 0 ? 0 : (int) Math.max(1, 100 * routable / registered);
    }

    private static Map<String, List<Endpoint>> byWorker(List<EndpointPool> pools) {
        Map<String, List<Endpoint>> byWorker = new TreeMap<>();
        pools.forEach(pool -> pool.endpoints()
                .forEach(endpoint -> byWorker.computeIfAbsent(endpoint.worker().toString(), id -> new ArrayList<>())
                        .add(endpoint)));
        return byWorker;
    }

    private WorkerView worker(List<Endpoint> endpoints) {
        return worker(endpoints, endpoint -> endpoint.model().toString());
    }

    private WorkerView worker(List<Endpoint> endpoints, Function<Endpoint, String> model) {
        Endpoint any = endpoints.get(0);
        return new WorkerView(
                WorkerView.Identity.of(any.worker()),
                endpoints.stream().map(model).toList(),
                health.read(endpoints),
                any.inFlight());
    }
}
