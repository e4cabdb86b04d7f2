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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pools of all models and the endpoints in them, kept in step with the routing table. Finding a pool takes no lock;
 * what did not change in the table keeps its endpoints, windows and latencies.
 */
public final class EndpointPools {
    private final Vertx vertx;
    private final BalanceConfig balance;
    private final BreakerConfig breaker;
    private final RoutingConfig routing;
    private final LongSupplier nanoClock;
    private final SlowStart slowStart;
    private final Map<Endpoint.Address, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final List<Consumer<Endpoint>> joinListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Endpoint>> leaveListeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, Map<String, EndpointPool>> pools = Map.of();

    public EndpointPools(
            Vertx vertx, BalanceConfig balance, BreakerConfig breaker, RoutingConfig routing, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.balance = balance;
        this.breaker = breaker;
        this.routing = routing;
        this.nanoClock = nanoClock;
        this.slowStart = new SlowStart(balance.slowStart(), nanoClock);
    }

    /** Calls the listener with each endpoint that comes into, or leaves, the table. */
    public void onEndpoints(Consumer<Endpoint> joined, Consumer<Endpoint> left) {
        joinListeners.add(joined);
        leaveListeners.add(left);
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

    /** Brings the pools in step with a new table. */
    public synchronized void follow(RoutingTable before, RoutingTable after) {
        Map<String, Map<String, EndpointPool>> next = new HashMap<>(pools);
        Set<ModelKey> keys = new HashSet<>(before.models().keySet());
        keys.addAll(after.models().keySet());
        List<Endpoint> joined = new ArrayList<>();
        for (ModelKey key : keys) {
            RoutingMap.Model old = before.models().get(key);
            RoutingMap.Model now = after.models().get(key);
            if (!Objects.equals(old, now)) {
                putPool(next, key, pool(key, old, now, joined));
            }
        }
        pools = next;
        joined.forEach(endpoint -> joinListeners.forEach(listener -> listener.accept(endpoint)));
        dropUnused();
    }

    private static void putPool(
            Map<String, Map<String, EndpointPool>> types, ModelKey key, Optional<EndpointPool> pool) {
        Map<String, EndpointPool> models = new HashMap<>(types.getOrDefault(key.type(), Map.of()));
        pool.ifPresentOrElse(p -> models.put(key.name(), p), () -> models.remove(key.name()));
        if (models.isEmpty()) {
            types.remove(key.type());
        } else {
            types.put(key.type(), models);
        }
    }

    private Optional<EndpointPool> pool(
            ModelKey key, RoutingMap.@Nullable Model old, RoutingMap.@Nullable Model now, List<Endpoint> joined) {
        Optional<EndpointPool> existing = find(key);
        if (now == null) {
            existing.ifPresent(pool -> pool.seats(List.of()));
            return Optional.empty();
        }
        boolean samePolicy = old != null && Objects.equals(old.policy(), now.policy());
        EndpointPool pool = existing.filter(p -> samePolicy)
                .orElseGet(() -> new EndpointPool(key, policyOf(key, now), RandomBits.PER_THREAD));
        List<Seat> seatsBefore = existing.map(EndpointPool::seats).orElse(List.of());
        existing.filter(p -> p != pool).ifPresent(p -> p.seats(List.of()));
        pool.seats(now.workers().stream()
                .map(entry -> seat(pool, entry, samePolicy, seatsBefore, joined))
                .toList());
        return Optional.of(pool);
    }

    private PolicyName policyOf(ModelKey key, RoutingMap.Model model) {
        return Optional.ofNullable(model.policy())
                .flatMap(PolicyName::of)
                .orElseGet(() -> balance.models().getOrDefault(key.toString(), balance.policy()));
    }

    private Seat seat(
            EndpointPool pool, WorkerEntry entry, boolean samePool, List<Seat> before, List<Endpoint> joined) {
        return before.stream()
                .filter(seat -> samePool && seat.entry().equals(entry))
                .findFirst()
                .orElseGet(() -> {
                    Seat seat = newSeat(pool, entry, joined);
                    seat.leaseLost(entry.leaseMs() != null && hasLostLease(before, seat.worker()));
                    return seat;
                });
    }

    private static boolean hasLostLease(List<Seat> seats, WorkerId worker) {
        return seats.stream()
                .anyMatch(seat -> seat.isLeaseLost() && seat.worker().equals(worker));
    }

    private Seat newSeat(EndpointPool pool, WorkerEntry entry, List<Endpoint> joined) {
        Endpoint endpoint = endpoints.computeIfAbsent(new Endpoint.Address(entry.host(), entry.port()), address -> {
            Endpoint fresh = new Endpoint(address, slowStart);
            joined.add(fresh);
            return fresh;
        });
        return new Seat(vertx, pool, entry, endpoint, breaker, nanoClock);
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
