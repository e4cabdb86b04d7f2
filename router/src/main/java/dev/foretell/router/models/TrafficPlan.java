package dev.foretell.router.models;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a model get its calls.
 *
 * @param weights percent of the calls by version; they sum to 100, or are none where the model gets no calls
 * @param canary who watches over a new version; null for nobody
 * @param shadow which version gets copies of the calls; null for none
 */
public record TrafficPlan(
        Map<Integer, Integer> weights,
        @Nullable Canary canary,
        @Nullable Shadow shadow) {
    public static final TrafficPlan NONE = new TrafficPlan(Map.of(), null, null);

    /**
     * When a version is taken back: once it has answered so many calls, and fails more often, or is slower, than the others
     * by more than this.
     *
     * @param atLeastCalls 200 where nothing else is said
     * @param errorRatio by how much the share of its calls that fail may be larger, 0 to 1
     * @param p95Ratio how many times as long its 95th percentile may be
     */
    public record Canary(int version, int atLeastCalls, double errorRatio, double p95Ratio) {}

    /** A version that is sent so many percent of the calls, once they are answered. */
    public record Shadow(int version, int percent) {}

    public TrafficPlan {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (!weights.isEmpty() && (sum != 100 || weights.values().stream().anyMatch(weight -> weight < 0))) {
            throw new IllegalArgumentException("the weights sum to " + sum + ", not to 100, or one is negative");
        }
    }

    /** The same without a version that gets no calls by it. */
    TrafficPlan without(int version) {
        Map<Integer, Integer> rest = new TreeMap<>(weights);
        rest.remove(version, 0);
        return new TrafficPlan(rest, canary, shadow);
    }

    /** All calls to one version. */
    public static TrafficPlan allTo(int version) {
        return new TrafficPlan(Map.of(version, 100), null, null);
    }
}
