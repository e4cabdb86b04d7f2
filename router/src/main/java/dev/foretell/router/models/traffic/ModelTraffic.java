package dev.foretell.router.models.traffic;

import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one model since its plan began: their distribution, the figures of each version, and the comparison with
 * the shadow.
 */
final class ModelTraffic {
    private final RegisteredModel model;
    private final TrafficPlan plan;
    private final TrafficSplit split;
    private final Map<String, VersionStats> stats = new HashMap<>();
    private final @Nullable ShadowTally shadow;
    private final @Nullable VersionStats canary;
    private final AtomicInteger canarysCallsToCome;

    /** @param plan the model's own plan, or one that replaces it */
    ModelTraffic(RegisteredModel model, TrafficPlan plan) {
        this.model = model;
        this.plan = plan;
        this.split = new TrafficSplit(model.name(), plan.weights());
        model.versions().keySet().forEach(version -> stats.put(id(version), new VersionStats()));
        this.shadow = plan.shadow() == null ? null : new ShadowTally();
        TrafficPlan.Canary guarded = plan.canary();
        this.canary = guarded == null ? null : stats.get(id(guarded.version()));
        this.canarysCallsToCome = new AtomicInteger(guarded == null ? 0 : guarded.atLeastCalls());
    }

    private String id(int version) {
        return model.name() + ":" + version;
    }

    RegisteredModel model() {
        return model;
    }

    TrafficPlan plan() {
        return plan;
    }

    TrafficSplit split() {
        return split;
    }

    /** The figures of a version by its id; null if the model has no such version. */
    @Nullable
    VersionStats stats(String modelId) {
        return stats.get(modelId);
    }

    @Nullable
    ShadowTally shadow() {
        return shadow;
    }

    /** The id of the shadow version; null without a shadow. */
    @Nullable
    String shadowId() {
        return plan.shadow() == null ? null : id(plan.shadow().version());
    }

    /**
     * Whether the canary has just reached enough calls to be judged. Call it once after counting each call of a
     * version.
     */
    boolean isDue(VersionStats called) {
        return called == canary && canarysCallsToCome.get() > 0 && canarysCallsToCome.decrementAndGet() == 0;
    }

    /** Why to roll back the canary; empty without a reason or without a canary. */
    Optional<String> breach() {
        TrafficPlan.Canary canary = plan.canary();
        if (canary == null) {
            return Optional.empty();
        }
        VersionStats.Figures others = plan.weights().entrySet().stream()
                .filter(share -> share.getKey() != canary.version() && share.getValue() > 0)
                .map(share -> figures(share.getKey()))
                .reduce(VersionStats.Figures.NONE, VersionStats.Figures::plus);
        return CanaryRule.breach(canary, figures(canary.version()), others);
    }

    private VersionStats.Figures figures(int version) {
        VersionStats counted = stats.get(id(version));
        return counted == null ? VersionStats.Figures.NONE : counted.figures();
    }

    /** The figures by version. */
    Map<Integer, VersionCalls> calls() {
        Map<Integer, VersionCalls> calls = new TreeMap<>();
        model.versions()
                .keySet()
                .forEach(version ->
                        calls.put(version, VersionCalls.of(plan.weights().getOrDefault(version, 0), figures(version))));
        return calls;
    }
}
