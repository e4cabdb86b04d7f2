package dev.foretell.router.models;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a model's calls over its versions.
 *
 * @param weights percent of the calls by version; they add up to 100, or are empty if the model gets no calls
 * @param canary the rule for a new version; null without a canary
 * @param shadow the version that gets copies of the calls; null without a shadow
 * @param note why the router itself made this plan; null if a caller requested it
 */
public record TrafficPlan(
        Map<Integer, Integer> weights,
        @Nullable Canary canary,
        @Nullable Shadow shadow,
        @Nullable String note) {
    public static final TrafficPlan NONE = new TrafficPlan(Map.of(), null, null, null);

    /**
     * When to roll back a version: after at least this number of calls, if it fails more often or is slower than the
     * other versions by more than these limits.
     *
     * @param atLeastCalls {@value #AT_LEAST_CALLS} by default
     * @param errorRatio how much higher its share of failed calls may be, 0 to 1; {@value #ERROR_RATIO} by default
     * @param p95Ratio how many times as long its 95th percentile may be; {@value #P95_RATIO} by default
     */
    public record Canary(int version, int atLeastCalls, double errorRatio, double p95Ratio) {
        public static final int AT_LEAST_CALLS = 200;
        public static final double ERROR_RATIO = 0.05;
        public static final double P95_RATIO = 2;

        /** A canary with the default limits. */
        public static Canary of(int version) {
            return new Canary(version, AT_LEAST_CALLS, ERROR_RATIO, P95_RATIO);
        }

        public Canary {
            if (atLeastCalls < 1 || errorRatio < 0 || errorRatio > 1 || p95Ratio < 1) {
                throw new IllegalArgumentException(
                        "a canary needs atLeastCalls of 1 or more, errorRatio from 0 to 1, p95Ratio of 1 or more");
            }
        }
    }

    /** A version that gets copies of this percentage of the calls, after their responses. */
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
            throw new IllegalArgumentException("the weights add up to " + sum + ", not to 100");
        }
    }

    /** This plan without a version that gets no calls from it. */
    TrafficPlan withoutIdle(int version) {
        Map<Integer, Integer> rest = new TreeMap<>(weights);
        rest.remove(version, 0);
        return new TrafficPlan(rest, canary, shadow, note);
    }

    /** A plan that sends all calls to one version. */
    public static TrafficPlan allTo(int version) {
        return new TrafficPlan(Map.of(version, 100), null, null, null);
    }

    /** The version with the most calls; 0 if there is none. */
    public int main() {
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > 0)
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /**
     * Removes a version: the others share its calls by their weights. The other settings stay; the canary is removed.
     */
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

    /** The largest version gets the remainder of the rounding. */
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
