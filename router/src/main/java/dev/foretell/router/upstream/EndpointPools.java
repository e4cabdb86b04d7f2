package dev.foretell.router.upstream;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.balance.RandomBits;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools of all models and the endpoints in them, kept in step with the routing table. Finding a pool takes no lock;
 * what did not change in the table keeps its endpoints, windows and latencies.
 */
public final class EndpointPools {
    private final Vertx vertx;
    private volatile BalanceConfig balance;
    private volatile BreakerConfig breaker;
    private volatile RoutingConfig routing;
    private volatile WarmUpConfig warmUp;
    private final LongSupplier nanoClock;
    private final SlowStart slowStart;
    private final Map<Endpoint.Address, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final List<Consumer<Endpoint>> joinListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Endpoint>> leaveListeners = new CopyOnWriteArrayList<>();
    private volatile Consumer<Seat> warmer = seat -> seat.warmed(seat.endpoint().arrivals());
    private RoutingTable followed = RoutingTable.EMPTY;
    private Set<WorkerId> draining = Set.of();
    private volatile Map<String, Map<String, EndpointPool>> pools = Map.of();

    public EndpointPools(
            Vertx vertx,
            BalanceConfig balance,
            BreakerConfig breaker,
            RoutingConfig routing,
            WarmUpConfig warmUp,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.balance = balance;
        this.breaker = breaker;
        this.routing = routing;
        this.warmUp = warmUp;
        this.nanoClock = nanoClock;
        this.slowStart = new SlowStart(balance.slowStart(), nanoClock);
    }

    /** Calls the listener with each endpoint that comes into, or leaves, the table. */
    public void onEndpoints(Consumer<Endpoint> joined, Consumer<Endpoint> left) {
        joinListeners.add(joined);
        leaveListeners.add(left);
    }

    /** Calls the listener with each seat that is to be warmed up; it must say later, not at once, that the seat is warm. */
    public void onWarmUp(Consumer<Seat> listener) {
        warmer = listener;
    }

    public Collection<Endpoint> endpoints() {
        return endpoints.values();
    }

    public List<EndpointPool> all() {
        return pools.values().stream().flatMap(type -> type.values().stream()).toList();
    }

    /** The pools of one type, by model. */
    public Map<String, EndpointPool> ofType(String type) {
        return pools.getOrDefault(type, Map.of());
    }

    public Optional<EndpointPool> find(ModelKey model) {
        return Optional.ofNullable(ofType(model.type()).get(model.name()));
    }

    /**
     * The pool that serves a model id.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} naming the nearest ones
     */
    public EndpointPool require(String type, String modelId) {
        Map<String, EndpointPool> models = ofType(type);
        EndpointPool pool = models.get(modelId);
        if (pool != null) {
            return pool;
        }
        if (models.size() == 1 && routing.unknownModel() == RoutingConfig.UnknownModel.SINGLE) {
            return models.values().iterator().next();
        }
        throw notFound(type, modelId, models);
    }

    private ServingException notFound(String type, String modelId, Map<String, EndpointPool> models) {
        return new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                models.isEmpty()
                        ? "no model type '" + NearestNames.shown(type) + "'" + NearestNames.of(type, pools.keySet())
                        : "no model '" + NearestNames.shown(modelId) + "' of type " + type
                                + NearestNames.of(modelId, models.keySet()));
    }

    /** Takes note of a lease that was lost or found again. */
    public void leaseLost(LeaseKey key, boolean lost) {
        find(key.model())
                .ifPresent(pool -> pool.seats().stream()
                        .filter(seat -> seat.worker().equals(key.worker()))
                        .forEach(seat -> pool.leaseLost(seat, lost)));
    }

    /** Takes note of all workers that are to get no new calls. */
    public synchronized void draining(Set<WorkerId> workers) {
        draining = workers;
        all().forEach(pool -> pool.draining(workers));
    }

    /** Balances by other settings from now on; workers keep what is known of them. */
    public synchronized void adopt(BalanceConfig next) {
        balance = next;
        slowStart.adopt(next.slowStart());
        followed.models().forEach((key, model) -> find(key).ifPresent(pool -> pool.policy(policyOf(key, model))));
    }

    /** Judges workers by other settings from now on, those that are known already by the old ones. */
    public void adopt(BreakerConfig next) {
        breaker = next;
    }

    /** Finds models by other settings from now on. */
    public void adopt(RoutingConfig next) {
        routing = next;
    }

    /** Warms workers up by other settings from now on. */
    public void adopt(WarmUpConfig next) {
        warmUp = next;
    }

    /** Brings the pools in step with a new table. */
    public synchronized void follow(RoutingTable before, RoutingTable after) {
        followed = after;
        Map<String, Map<String, EndpointPool>> next = new HashMap<>(pools);
        Set<String> copied = new HashSet<>();
        Set<ModelKey> keys = new HashSet<>(before.models().keySet());
        keys.addAll(after.models().keySet());
        List<Endpoint> joined = new ArrayList<>();
        for (ModelKey key : keys) {
            RoutingMap.Model old = before.models().get(key);
            RoutingMap.Model now = after.models().get(key);
            if (!Objects.equals(old, now)) {
                put(models(next, copied, key.type()), key.name(), pool(key, now, joined));
            }
        }
        next.values().removeIf(Map::isEmpty);
        pools = next;
        joined.forEach(endpoint -> joinListeners.forEach(listener -> listener.accept(endpoint)));
        dropUnused();
    }

    /** The models of a type, to be changed: a copy, made once, of those that others may be reading. */
    private static Map<String, EndpointPool> models(
            Map<String, Map<String, EndpointPool>> types, Set<String> copied, String type) {
        if (copied.add(type)) {
            types.put(type, new HashMap<>(types.getOrDefault(type, Map.of())));
        }
        return types.getOrDefault(type, Map.of());
    }

    private static void put(Map<String, EndpointPool> models, String name, Optional<EndpointPool> pool) {
        pool.ifPresentOrElse(p -> models.put(name, p), () -> models.remove(name));
    }

    private Optional<EndpointPool> pool(ModelKey key, RoutingMap.@Nullable Model now, List<Endpoint> joined) {
        Optional<EndpointPool> existing = find(key);
        if (now == null) {
            existing.ifPresent(pool -> pool.seats(List.of()));
            return Optional.empty();
        }
        PolicyName policy = policyOf(key, now);
        EndpointPool pool = existing.orElseGet(() -> new EndpointPool(
                key, policy, RandomBits.PER_THREAD, breaker, new PoolTally(), seat -> warmer.accept(seat)));
        pool.policy(policy);
        Map<WorkerId, Seat> before = byWorker(pool.seats());
        pool.seats(now.workers().stream()
                .map(entry -> seat(pool, entry, before.get(entry.id()), joined))
                .toList());
        return Optional.of(pool);
    }

    private static Map<WorkerId, Seat> byWorker(List<Seat> seats) {
        return seats.stream().collect(Collectors.toMap(Seat::worker, Function.identity(), (first, second) -> first));
    }

    private PolicyName policyOf(ModelKey key, RoutingMap.Model model) {
        return Optional.ofNullable(model.policy())
                .flatMap(PolicyName::of)
                .orElseGet(() -> balance.models().getOrDefault(key.toString(), balance.policy()));
    }

    /** @param before the worker's seat until now, which it keeps unless its entry changed */
    private Seat seat(EndpointPool pool, WorkerEntry entry, @Nullable Seat before, List<Endpoint> joined) {
        if (before != null && before.entry().equals(entry)) {
            return before;
        }
        Seat seat = newSeat(pool, entry, joined);
        seat.draining(draining.contains(seat.worker()));
        if (before != null) {
            seat.warmAs(before);
            seat.leaseLost(entry.leaseMs() != null && before.isLeaseLost());
        }
        return seat;
    }

    private Seat newSeat(EndpointPool pool, WorkerEntry entry, List<Endpoint> joined) {
        Endpoint endpoint = endpoints.computeIfAbsent(new Endpoint.Address(entry.host(), entry.port()), address -> {
            Endpoint fresh = new Endpoint(address, slowStart);
            joined.add(fresh);
            return fresh;
        });
        return new Seat(vertx, pool, entry, endpoint, breaker, () -> warmUp, nanoClock);
    }

    private void dropUnused() {
        Set<Endpoint> used = new HashSet<>();
        all().forEach(pool -> pool.seats().forEach(seat -> used.add(seat.endpoint())));
        for (Endpoint endpoint : List.copyOf(endpoints.values())) {
            if (!used.contains(endpoint)) {
                endpoints.remove(endpoint.address());
                endpoint.left();
                leaveListeners.forEach(listener -> listener.accept(endpoint));
            }
        }
    }
}
