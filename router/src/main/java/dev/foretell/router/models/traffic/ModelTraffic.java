package dev.foretell.router.models.traffic;

import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One model's calls since its plan began: how they are split, how each version has answered, what its shadow made of them. */
final class ModelTraffic {
    private final RegisteredModel model;
    private final TrafficPlan plan;
    private final TrafficSplit split;
    private final Map<String, VersionStats> stats = new HashMap<>();
    private final @Nullable ShadowTally shadow;
    private final @Nullable VersionStats canary;
    private final AtomicInteger canarysCallsToCome;

    /** @param plan the model's own, or another that takes its place */
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

    /** The figures of a version by its id; null where it is none of the model's. */
    @Nullable
    VersionStats stats(String modelId) {
        return stats.get(modelId);
    }

    @Nullable
    ShadowTally shadow() {
        return shadow;
    }

    /** The id that copies of calls go to; null where there is no shadow. */
    @Nullable
    String shadowId() {
        return plan.shadow() == null ? null : id(plan.shadow().version());
    }

    /** Whether the canary has just had enough calls to be judged; to be asked once for each of a version's calls, counted. */
    boolean isDue(VersionStats called) {
        return called == canary && canarysCallsToCome.get() > 0 && canarysCallsToCome.decrementAndGet() == 0;
    }

    /** Why the canary is to be taken back; empty while it is not, or there is none. */
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

    /** What was counted, by version. */
    Map<Integer, VersionCalls> calls() {
        Map<Integer, VersionCalls> calls = new TreeMap<>();
        model.versions()
                .keySet()
                .forEach(version ->
                        calls.put(version, VersionCalls.of(plan.weights().getOrDefault(version, 0), figures(version))));
        return calls;
    }
}
