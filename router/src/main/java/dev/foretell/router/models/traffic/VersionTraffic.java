package dev.foretell.router.models.traffic;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.predict.VersionRouter;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Routes the calls of registered models: {@code iris} by the model's plan, {@code iris:prod} to the version of that
 * alias. {@code iris:2} is the id of a version and needs no routing. Thread-safe.
 */
public final class VersionTraffic implements VersionRouter {
    private final EndpointPools pools;
    private final Supplier<RandomGenerator> random;
    private final Map<String, TrafficPlan> takenBack = new HashMap<>();
    private volatile Map<String, Map<String, Route>> types = Map.of();
    /** Null unless some entry cannot be read. */
    private volatile @Nullable Models unreadable;

    private volatile Consumer<ModelTraffic> judge = due -> {};

    /** The target of an id: a split over the model's versions. */
    private record Route(RegisteredModel model, ModelTraffic traffic, TrafficSplit split) {}

    public VersionTraffic(EndpointPools pools, Supplier<RandomGenerator> random) {
        this.pools = pools;
        this.random = random;
    }

    /**
     * Uses the plans of these models from now on. The figures of a model start again if its plan or its versions
     * change.
     */
    public synchronized void follow(Models models) {
        takenBack.keySet().removeIf(name -> !models.byName().containsKey(name));
        Map<String, Map<String, Route>> next = new HashMap<>();
        models.byName().values().forEach(model -> {
            ModelTraffic traffic = traffic(model);
            Map<String, Route> ids = next.computeIfAbsent(model.type(), type -> new HashMap<>());
            ids.put(model.name(), new Route(model, traffic, traffic.split()));
            model.aliases()
                    .forEach((alias, version) -> ids.put(
                            model.name() + ":" + alias,
                            new Route(model, traffic, new TrafficSplit(model.name(), Map.of(version, 100)))));
        });
        types = next;
        unreadable = models.unreadable().isEmpty() ? null : models;
    }

    private ModelTraffic traffic(RegisteredModel model) {
        ModelTraffic before = of(model);
        TrafficPlan plan = model.traffic();
        if (before != null && takenBack.get(model.name()) == before.plan()) {
            boolean stillOld = before.model().traffic().equals(plan);
            plan = stillOld ? before.plan() : plan;
        }
        return before != null
                        && before.plan().equals(plan)
                        && before.model()
                                .versions()
                                .keySet()
                                .equals(model.versions().keySet())
                ? before
                : new ModelTraffic(model, plan);
    }

    private @Nullable ModelTraffic of(RegisteredModel model) {
        Route route = types.getOrDefault(model.type(), Map.of()).get(model.name());
        return route == null ? null : route.traffic();
    }

    /** Sets the judge of canaries, called as soon as a canary has had enough calls. */
    void onDue(Consumer<ModelTraffic> judgement) {
        judge = judgement;
    }

    /** Rolls back a canary at this router at once, whatever the registry has, until the registry changes. */
    synchronized void takeBack(ModelTraffic judged, TrafficPlan instead) {
        RegisteredModel model = judged.model();
        if (of(model) != judged) {
            return;
        }
        takenBack.put(model.name(), instead);
        ModelTraffic traffic = new ModelTraffic(model, instead);
        Map<String, Map<String, Route>> next = new HashMap<>(types);
        Map<String, Route> ids = new HashMap<>(next.getOrDefault(model.type(), Map.of()));
        ids.put(model.name(), new Route(model, traffic, traffic.split()));
        next.put(model.type(), ids);
        types = next;
    }

    /** The traffic of all models. */
    Collection<ModelTraffic> all() {
        return types.values().stream()
                .flatMap(ids -> ids.values().stream())
                .map(Route::traffic)
                .distinct()
                .toList();
    }

    /** For each model with a shadow, the share of compared responses that differ. */
    public Map<ModelKey, Double> disagreement() {
        Map<ModelKey, Double> shares = new HashMap<>();
        for (ModelTraffic traffic : all()) {
            ShadowTally shadow = traffic.shadow();
            if (shadow != null) {
                shares.put(traffic.model().key(), shadow.disagreement());
            }
        }
        return shares;
    }

    @Override
    public PredictCall direct(PredictCall call) {
        Map<String, Map<String, Route>> now = types;
        Models spoilt = unreadable;
        if (spoilt != null) {
            int colon = call.modelId().indexOf(':');
            spoilt.requireReadable(colon < 0 ? call.modelId() : call.modelId().substring(0, colon));
        }
        if (now.isEmpty()) {
            return call;
        }
        Map<String, Route> ids = now.get(call.type());
        if (ids == null) {
            return call;
        }
        Route route = ids.get(call.modelId());
        Route found = route == null ? routeUnlisted(ids, call) : route;
        return found == null ? call : call.withVersion(choose(found, call));
    }

    /** The target of an id that is neither a registered model nor an alias; null if the id is served unchanged. */
    private @Nullable Route routeUnlisted(Map<String, Route> ids, PredictCall call) {
        String id = call.modelId();
        if (pools.ofType(call.type()).containsKey(id)) {
            return null;
        }
        int colon = id.indexOf(':');
        Route model = colon < 0 ? null : ids.get(id.substring(0, colon));
        if (model != null) {
            throw versionNotFound(model.model(), id.substring(colon + 1));
        }
        String only = colon < 0 ? pools.modelForUnknownIds(call.type()) : null;
        return only == null ? null : ids.get(only);
    }

    private static ServingException versionNotFound(RegisteredModel model, String version) {
        boolean known = model.versions().keySet().stream()
                .anyMatch(number -> number.toString().equals(version));
        if (known) {
            return new ServingException(
                    FailureKind.NO_WORKER,
                    model.servesCalls()
                            ? "no host has version " + version + " of '" + model.name() + "'"
                            : describeUnloaded(model));
        }
        return new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                "no version or alias '" + NearestNames.abbreviate(version) + "' of model '" + model.name()
                        + "'; there are versions " + model.versions().keySet()
                        + (model.aliases().isEmpty()
                                ? ""
                                : " and aliases " + model.aliases().keySet()));
    }

    private static String describeUnloaded(RegisteredModel model) {
        return "model '" + model.name() + "' is not loaded";
    }

    private String choose(Route route, PredictCall call) {
        RegisteredModel model = route.model();
        if (!model.servesCalls()) {
            throw new ServingException(FailureKind.NO_WORKER, describeUnloaded(model));
        }
        if (route.split().isEmpty()) {
            throw new ServingException(
                    FailureKind.NO_WORKER,
                    "no version of model '" + model.name() + "' takes calls; ask for one by its number, like "
                            + model.name() + ":1");
        }
        return route.split().choose(call.preferences().stickyKey(), random.get());
    }

    @Override
    public Watch watch(PredictCall call, boolean directed) {
        Map<String, Map<String, Route>> now = types;
        if (now.isEmpty()) {
            return Watch.NONE;
        }
        int colon = call.modelId().indexOf(':');
        Map<String, Route> ids = colon < 0 ? null : now.get(call.type());
        return ids == null ? Watch.NONE : watch(ids.get(call.modelId().substring(0, colon)), call, directed);
    }

    private Watch watch(@Nullable Route route, PredictCall call, boolean directed) {
        VersionStats stats = route == null ? null : route.traffic().stats(call.modelId());
        return route == null || stats == null
                ? Watch.NONE
                : new VersionWatch(route.traffic(), stats, call, directed, System.nanoTime(), judge);
    }

    /** Calls by version since the plan began, at this router. */
    public Map<Integer, VersionCalls> calls(RegisteredModel model) {
        ModelTraffic traffic = of(model);
        return traffic == null ? Map.of() : traffic.calls();
    }

    /** The comparison with the shadow at this router; empty without a shadow. */
    public Optional<ShadowFigures> shadowFigures(RegisteredModel model) {
        ModelTraffic traffic = of(model);
        return Optional.ofNullable(traffic).map(ModelTraffic::shadow).map(ShadowTally::figures);
    }
}
