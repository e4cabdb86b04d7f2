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
 * @param note why the plan is as it is, where the router made it itself; null where somebody asked for it
 */
public record TrafficPlan(
        Map<Integer, Integer> weights,
        @Nullable Canary canary,
        @Nullable Shadow shadow,
        @Nullable String note) {
    public static final TrafficPlan NONE = new TrafficPlan(Map.of(), null, null, null);

    /**
     * When a version is taken back: once it has answered so many calls, and fails more often, or is slower, than the others
     * by more than this.
     *
     * @param atLeastCalls 200 where nothing else is said
     * @param errorRatio by how much the share of its calls that fail may be larger, 0 to 1
     * @param p95Ratio how many times as long its 95th percentile may be
     */
    public record Canary(int version, int atLeastCalls, double errorRatio, double p95Ratio) {
        public Canary {
            if (atLeastCalls < 1 || errorRatio < 0 || errorRatio > 1 || p95Ratio < 1) {
                throw new IllegalArgumentException(
                        "a canary needs atLeastCalls of 1 or more, errorRatio from 0 to 1, p95Ratio of 1 or more");
            }
        }
    }

    /** A version that is sent so many percent of the calls, once they are answered. */
    public record Shadow(int version, int percent) {
        public Shadow {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a shadow gets 1 to 100 percent of the calls");
            }
        }
    }

    public TrafficPlan {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (weights.values().stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException("weights must not be negative");
        }
        if (!weights.isEmpty() && sum != 100) {
            throw new IllegalArgumentException("the weights sum to " + sum + ", not to 100");
        }
    }

    /** The same without a version that gets no calls by it. */
    TrafficPlan withoutIdle(int version) {
        Map<Integer, Integer> rest = new TreeMap<>(weights);
        rest.remove(version, 0);
        return new TrafficPlan(rest, canary, shadow, note);
    }

    /** All calls to one version. */
    public static TrafficPlan allTo(int version) {
        return new TrafficPlan(Map.of(version, 100), null, null, null);
    }

    /** The version that most calls go to; 0 for none. */
    public int main() {
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > 0)
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** Without a version: its share goes to the others by their weights. The others stay, the canary goes. */
    public TrafficPlan without(int version, String why) {
        Map<Integer, Integer> rest = new TreeMap<>(weights);
        rest.put(version, 0);
        int sum = rest.values().stream().mapToInt(Integer::intValue).sum();
        if (sum == 0) {
            return new TrafficPlan(weights, null, shadow, why);
        }
        rest.replaceAll((other, weight) -> weight * 100 / sum);
        return new TrafficPlan(fillUp(rest), null, shadow, why);
    }

    /** What rounding took goes to the largest. */
    private static Map<Integer, Integer> fillUp(Map<Integer, Integer> weights) {
        Map<Integer, Integer> full = new TreeMap<>(weights);
        int missing =
                100 - weights.values().stream().mapToInt(Integer::intValue).sum();
        weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(largest -> full.merge(largest.getKey(), missing, Integer::sum));
        return full;
    }
}
