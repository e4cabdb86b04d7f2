package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.PoolTally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How workers are shown to people: what they were registered with, and how they are. */
public final class WorkerViews {
    private static final int MAX_COMPARED = 1000;

    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final Leases leases;
    private final TimeOfDay time = new TimeOfDay(Clock.systemUTC(), System::nanoTime);

    public WorkerViews(EndpointPools pools, HealthMonitor monitor, Leases leases) {
        this.pools = pools;
        this.monitor = monitor;
        this.leases = leases;
    }

    /**
     * The workers of one type, by id.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} if there is no such type
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
                (id, endpoints) ->
                        worker(id, endpoints, endpoint -> endpoint.model().name()));
    }

    /** All workers. */
    JsonPieces all() {
        return JsonPieces.array(byWorker(pools.all()).entrySet().stream()
                .map(worker -> worker(worker.getKey(), worker.getValue(), Endpoint::model))
                .iterator());
    }

    private static JsonPieces byId(List<EndpointPool> pools, BiFunction<String, List<Endpoint>, Object> view) {
        return JsonPieces.object(byWorker(pools).entrySet().stream()
                .map(worker -> Map.entry(worker.getKey(), view.apply(worker.getKey(), worker.getValue())))
                .iterator());
    }

    /**
     * One worker by its id.
     *
     * @throws ServingException {@link FailureKind#NOT_FOUND} if no model has it
     */
    Map<String, Object> one(String id) {
        return worker(id, endpointsOf(id), Endpoint::model);
    }

    /** The endpoints of a worker, one or more; fails as {@link #one} does. */
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

    /** All workers' health, by id. */
    JsonPieces health() {
        return byId(pools.all(), (id, endpoints) -> {
            Map<String, Object> health = new LinkedHashMap<>();
            putHealth(health, endpoints);
            return health;
        });
    }

    /** What it took to answer the calls of each model, by {@code type/model}. */
    JsonPieces models() {
        return JsonPieces.object(pools.all().stream()
                .sorted(Comparator.comparing(pool -> pool.model().toString()))
                .map(pool -> Map.entry(pool.model().toString(), model(pool)))
                .iterator());
    }

    private static Map<String, Object> model(EndpointPool pool) {
        PoolTally tally = pool.tally();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("retries", tally.retries());
        view.put("retries_under_way", tally.retriesUnderWay().get());
        view.put("retry_budget_exhausted", tally.budgetExhausted());
        view.put("hedges_won", tally.hedgesWon());
        view.put("hedges_lost", tally.hedgesLost());
        view.put("copies", tally.copies());
        view.put("ejections", tally.ejections());
        view.put("panic", pool.isPanicking());
        view.put("batches", tally.batchSizes().count());
        view.put("batched_calls", tally.batchSizes().sum());
        return view;
    }

    /** The share of registered worker capacity that can take calls now, in percent; 0 only where none can. */
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

    private Map<String, Object> worker(String id, List<Endpoint> endpoints, Function<Endpoint, Object> model) {
        Endpoint any = endpoints.get(0);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("host", any.worker().host());
        view.put("port", any.worker().port());
        view.put("local_worker_id", any.worker().localWorkerId());
        view.put("global_worker_id", id);
        view.put("models", endpoints.stream().map(model).map(Object::toString).toList());
        putHealth(view, endpoints);
        view.put("in_flight", any.inFlight());
        return view;
    }

    /** Of the lease that ends first; null where it has none. */
    private @Nullable Long leaseLeftMillis(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.entry().leaseMs() != null)
                .map(this::leaseLeft)
                .min(Comparator.naturalOrder())
                .map(Duration::toMillis)
                .orElse(null);
    }

    private Duration leaseLeft(Endpoint endpoint) {
        Long length = endpoint.entry().leaseMs();
        return length == null
                ? Duration.ZERO
                : leases.left(new LeaseKey(endpoint.model(), endpoint.worker()), Duration.ofMillis(length));
    }

    private @Nullable String ejectionEnd(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(Endpoint::isEjected)
                .map(endpoint -> time.at(endpoint.ejectionEndNanos()))
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    private @Nullable Map<String, Object> lastFailure(List<Endpoint> endpoints) {
        return NoCallsReason.lastFailure(endpoints)
                .map(last -> Map.<String, Object>of(
                        "model", last.model().toString(),
                        "detail", last.words(),
                        "at", time.at(last.nanos()).toString()))
                .orElse(null);
    }

    private void putHealth(Map<String, Object> view, List<Endpoint> endpoints) {
        Endpoint any = endpoints.get(0);
        WorkerStatus status = monitor.statusOf(any.host()).orElseGet(WorkerStatus::unknown);
        RoutingObstacle standing = RoutingObstacle.of(status, endpoints);
        view.put("state", standing.name());
        view.put("since", standing.since(status, endpoints, time::at).toString());
        view.put(
                "first_pass",
                status.firstPass() == null ? null : status.firstPass().toString());
        view.put(
                "last_pass",
                status.lastPass() == null ? null : status.lastPass().toString());
        view.put("fail_count", status.failCount());
        view.put("failures", endpoints.stream().mapToLong(Endpoint::failures).sum());
        view.put("strays", any.host().strays().count());
        view.put(
                "ejected_from",
                endpoints.stream()
                        .filter(Endpoint::isEjected)
                        .map(endpoint -> endpoint.model().toString())
                        .toList());
        view.put("ejected_until", ejectionEnd(endpoints));
        view.put("last_failure", lastFailure(endpoints));
        view.put("lease_ms", any.entry().leaseMs());
        view.put("lease_left_ms", leaseLeftMillis(endpoints));
        view.put(
                "why",
                new NoCallsReason(standing, endpoints, monitor.troubleOf(any.host()), status.failCount(), time::at)
                        .text());
        view.put(
                "left_alone_ms",
                endpoints.stream()
                        .mapToLong(endpoint -> Math.max(0, endpoint.busy().remainingNanos() / 1_000_000))
                        .max()
                        .orElse(0));
        view.put("suspicions", any.host().suspicions());
        view.put("ejections", endpoints.stream().mapToLong(Endpoint::ejections).sum());
    }
}
