package dev.foretell.router.upstream.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.balance.RandomBits;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.breaker.BreakerConfig;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools and hosts of all models, kept in step with the routing table. Finding a pool takes no lock. Unchanged
 * entries of the table keep their hosts, windows and latencies.
 */
public final class EndpointPools {
    private final Vertx vertx;
    private volatile BalanceConfig balance;
    private volatile BreakerConfig breaker;
    private volatile RoutingConfig routing;
    private volatile WarmUpConfig warmUp;
    private final LongSupplier nanoClock;
    private final SlowStart slowStart;
    private final WorkerHosts hosts;
    private volatile Consumer<Endpoint> warmer =
            endpoint -> endpoint.onWarmUp(endpoint.host().arrivals());
    private volatile Function<ModelKey, @Nullable String> samples = model -> null;
    private volatile Function<String, Collection<String>> otherNames = type -> Set.of();
    private volatile RoutingTable followed = RoutingTable.EMPTY;
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
        this.hosts = new WorkerHosts(slowStart);
    }

    /** Calls the listeners with each host that joins or leaves the table. */
    public void onEndpoints(Consumer<WorkerHost> joined, Consumer<WorkerHost> left) {
        hosts.listen(joined, left);
    }

    /**
     * Calls the listener with each endpoint to warm up. The listener must report the end of the warm-up later, not at
     * once.
     */
    public void onWarmUp(Consumer<Endpoint> listener) {
        warmer = listener;
    }

    /** Sets the source of warm-up samples for models without one in the settings or at their workers. */
    public void samples(Function<ModelKey, @Nullable String> source) {
        samples = source;
    }

    /** Sets the source of names, by type, that callers may also call though they have no pool: a wrong name may be near one. */
    public void alsoCalled(Function<String, Collection<String>> source) {
        otherNames = source;
    }

    public Collection<WorkerHost> hosts() {
        return hosts.all();
    }

    public List<EndpointPool> all() {
        return pools.values().stream().flatMap(type -> type.values().stream()).toList();
    }

    /** The models with pools, without their versions; model hosts are workers and not models. */
    public Set<ModelKey> modelsOfUsers() {
        return pools.values().stream()
                .flatMap(type -> type.values().stream())
                .map(pool -> pool.model().base())
                .filter(model -> !model.type().equals(Hosting.TYPE))
                .collect(Collectors.toSet());
    }

    /** The types with pools. */
    public Set<String> types() {
        return Set.copyOf(pools.keySet());
    }

    /** The pools of one type, by model. */
    public Map<String, EndpointPool> ofType(String type) {
        return pools.getOrDefault(type, Map.of());
    }

    /** The pools of this model in all types. */
    public List<EndpointPool> byName(String model) {
        List<EndpointPool> named = new ArrayList<>(1);
        pools.values().forEach(models -> {
            EndpointPool pool = models.get(model);
            if (pool != null) {
                named.add(pool);
            }
        });
        return named;
    }

    public Optional<EndpointPool> find(ModelKey model) {
        return Optional.ofNullable(ofType(model.type()).get(model.name()));
    }

    /**
     * The pool that serves a model id.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} with similar names
     */
    public EndpointPool require(String type, String modelId) {
        Map<String, EndpointPool> models = ofType(type);
        EndpointPool pool = models.get(modelId);
        if (pool != null) {
            return pool;
        }
        requireReadable(type + "/" + modelId);
        EndpointPool only = modelId.indexOf(':') < 0 && servesUnknownIds(type, models)
                ? models.values().iterator().next()
                : null;
        if (only != null && !only.model().isVersion()) {
            return only;
        }
        throw notFound(type, modelId, models);
    }

    /**
     * An unreadable entry is not absent, and no other model may serve it. Call it before reporting a model as absent.
     *
     * @param model its name, with or without its type
     * @throws ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE}
     */
    public void requireReadable(String model) {
        for (String entry : followed.unreadable()) {
            if (entry.equals(model) || entry.endsWith("/" + model)) {
                throw new ServingException(
                        FailureKind.STATE_STORE_UNAVAILABLE,
                        "the entry of model '" + entry
                                + "' in Redis cannot be read; it stays until somebody repairs or deletes it");
            }
        }
    }

    /** Whether these models, if they are one model or its versions, serve unknown ids. */
    private boolean servesUnknownIds(String type, Map<String, EndpointPool> models) {
        boolean taken = routing.unknownModel() == RoutingConfig.UnknownModel.SINGLE || Hosting.TYPE.equals(type);
        if (models.isEmpty() || !taken) {
            return false;
        }
        ModelKey first = models.values().iterator().next().model().base();
        for (EndpointPool pool : models.values()) {
            if (!pool.model().base().equals(first)) {
                return false;
            }
        }
        return true;
    }

    /** The registered model that serves unknown ids of a type; null if there is none. */
    public @Nullable String modelForUnknownIds(String type) {
        Map<String, EndpointPool> models = ofType(type);
        if (!servesUnknownIds(type, models)) {
            return null;
        }
        ModelKey any = models.values().iterator().next().model();
        return any.isVersion() ? any.base().name() : null;
    }

    /**
     * The model of an id, whichever version the id names.
     *
     * @throws ServingException as {@link #require}
     */
    public ModelKey modelOf(String type, String modelId) {
        int colon = modelId.indexOf(':');
        String name = colon < 0 ? modelId : modelId.substring(0, colon);
        return ofType(type).values().stream()
                .map(pool -> pool.model().base())
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseGet(() -> require(type, modelId).model());
    }

    /** Whether the model, or a version of it, exists. */
    public boolean serves(ModelKey model) {
        return ofType(model.type()).values().stream()
                .anyMatch(pool -> pool.model().base().equals(model));
    }

    private ServingException notFound(String type, String modelId, Map<String, EndpointPool> models) {
        Set<String> known = names(models.values());
        known.addAll(otherNames.apply(type));
        return new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                known.isEmpty()
                        ? "no model type '" + NearestNames.abbreviate(type) + "'"
                                + NearestNames.of(type, pools.keySet())
                        : "no model '" + NearestNames.abbreviate(modelId) + "' of type " + type
                                + NearestNames.of(modelId, known));
    }

    /** Versions count under the name of their model. */
    private static Set<String> names(Collection<EndpointPool> pools) {
        return pools.stream().map(pool -> pool.model().base().name()).collect(Collectors.toCollection(HashSet::new));
    }

    /** Whether a worker passes its probes and reports this epoch. */
    public boolean provesLife(WorkerEntry worker, String epoch) {
        WorkerHost host = hosts.find(worker);
        return host != null && host.isUp() && !epoch.isEmpty() && host.epoch().equals(epoch);
    }

    /** A lease was lost or found again. */
    public void leaseLost(LeaseKey key, boolean lost) {
        boolean host = key.model().type().equals(Hosting.TYPE);
        all().stream()
                .filter(pool -> host || pool.model().equals(key.model()))
                .forEach(pool -> pool.endpoints().stream()
                        .filter(endpoint -> endpoint.worker().equals(key.worker()))
                        .filter(endpoint -> endpoint.isHosted() || pool.model().equals(key.model()))
                        .forEach(endpoint -> pool.leaseLost(endpoint, lost)));
    }

    /** Sets the drained workers. */
    public synchronized void setDraining(Set<WorkerId> workers) {
        draining = workers;
        all().forEach(pool -> pool.setDraining(workers));
    }

    /** Uses new balancing settings from now on; workers keep their history. */
    public synchronized void adopt(BalanceConfig next) {
        balance = next;
        slowStart.adopt(next.slowStart());
        followed.models().forEach((key, model) -> find(key).ifPresent(pool -> pool.policy(policyOf(key, model))));
    }

    /** Uses new breaker settings for new workers; existing workers keep the old ones. */
    public void adopt(BreakerConfig next) {
        breaker = next;
    }

    /** The current rules for model ids and the number of entries. */
    public RoutingConfig routing() {
        return routing;
    }

    /** Uses new routing settings from now on. */
    public void adopt(RoutingConfig next) {
        routing = next;
    }

    /** Uses new warm-up settings from now on. */
    public void adopt(WarmUpConfig next) {
        warmUp = next;
    }

    /** Updates the pools to a new table. */
    public synchronized void follow(RoutingTable before, RoutingTable after) {
        followed = after;
        Map<String, Map<String, EndpointPool>> next = new HashMap<>(pools);
        Set<String> copied = new HashSet<>();
        Set<ModelKey> keys = new HashSet<>(before.models().keySet());
        keys.addAll(after.models().keySet());
        for (ModelKey key : keys) {
            RoutingMap.Model old = before.models().get(key);
            RoutingMap.Model now = after.models().get(key);
            if (!Objects.equals(old, now)) {
                put(models(next, copied, key.type()), key.name(), pool(key, now));
            }
        }
        next.values().removeIf(Map::isEmpty);
        pools = next;
        hosts.announce();
        hosts.retain(hostsOfPools());
    }

    /** A mutable copy, made once, of a type's models, which others may be reading. */
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

    private Optional<EndpointPool> pool(ModelKey key, RoutingMap.@Nullable Model now) {
        Optional<EndpointPool> existing = find(key);
        if (now == null) {
            existing.ifPresent(pool -> pool.endpoints(List.of()));
            return Optional.empty();
        }
        PolicyName policy = policyOf(key, now);
        EndpointPool pool = existing.orElseGet(() -> new EndpointPool(
                key, policy, RandomBits.PER_THREAD, breaker, new PoolTally(), endpoint -> warmer.accept(endpoint)));
        pool.policy(policy);
        Map<WorkerId, Endpoint> before = byWorker(pool.endpoints());
        pool.endpoints(now.workers().stream()
                .map(entry -> endpoint(pool, entry, before.get(entry.id())))
                .toList());
        return Optional.of(pool);
    }

    private static Map<WorkerId, Endpoint> byWorker(List<Endpoint> endpoints) {
        return endpoints.stream()
                .collect(Collectors.toMap(Endpoint::worker, Function.identity(), (first, second) -> first));
    }

    private PolicyName policyOf(ModelKey key, RoutingMap.Model model) {
        return Optional.ofNullable(model.policy()).flatMap(PolicyName::of).orElseGet(() -> ofModel(key));
    }

    private PolicyName ofModel(ModelKey key) {
        PolicyName own = balance.models().get(key.toString());
        return own != null ? own : balance.models().getOrDefault(key.base().toString(), balance.policy());
    }

    /** @param before the worker's current endpoint, which it keeps if its entry is unchanged */
    private Endpoint endpoint(EndpointPool pool, WorkerEntry entry, @Nullable Endpoint before) {
        if (before != null && before.entry().equals(entry)) {
            return before;
        }
        Endpoint endpoint = new Endpoint(
                pool, entry, hosts.of(entry), new Endpoint.Context(vertx, breaker, this::sampleOf, nanoClock));
        if (before != null) {
            endpoint.takeOver(before);
        }
        endpoint.setDraining(draining.contains(endpoint.worker()));
        return endpoint;
    }

    private @Nullable String sampleOf(ModelKey model, @Nullable JsonNode given) {
        WarmUpConfig config = warmUp;
        String ours = config.sampleOf(model, given);
        return ours != null || config.calls() == 0 ? ours : samples.apply(model);
    }

    private Set<WorkerHost> hostsOfPools() {
        Set<WorkerHost> used = new HashSet<>();
        all().forEach(pool -> pool.endpoints().forEach(endpoint -> used.add(endpoint.host())));
        return used;
    }
}
