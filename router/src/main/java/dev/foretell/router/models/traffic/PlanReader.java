package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.models.TrafficPlan;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parses a traffic plan from a caller; every error is {@link FailureKind#INVALID_INPUT}. */
public final class PlanReader {
    private static final Set<String> FIELDS = Set.of("weights", "canary", "shadow", "expect");

    private PlanReader() {}

    public static TrafficPlan plan(JsonNode body) {
        requireFields("the plan", body, FIELDS);
        if (!body.has("weights")) {
            throw invalid("weights are missing: percent by version, such as {\"1\": 95, \"2\": 5}");
        }
        try {
            return requireOthers(
                    new TrafficPlan(weights("weights", body.path("weights")), canary(body), shadow(body), null));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** A canary or a shadow cannot be compared with itself. */
    private static TrafficPlan requireOthers(TrafficPlan plan) {
        if (plan.canary() != null && plan.weights().getOrDefault(plan.canary().version(), 0) == 100) {
            throw invalid("the canary must leave some calls to another version, which gets all of them if the"
                    + " canary fails");
        }
        if (plan.shadow() != null && plan.weights().getOrDefault(plan.shadow().version(), 0) == 100) {
            throw invalid("the shadow must not be the version that has all calls");
        }
        return plan;
    }

    /** The weights that the caller expects to find; null for any. */
    public static @Nullable Map<Integer, Integer> expect(JsonNode body) {
        return body.has("expect") ? weights("expect", body.path("expect")) : null;
    }

    private static Map<Integer, Integer> weights(String what, JsonNode given) {
        if (!given.isObject()) {
            throw invalid(what + " must be an object of percent by version, such as {\"1\": 95, \"2\": 5}");
        }
        Map<Integer, Integer> weights = new TreeMap<>();
        given.properties().forEach(entry -> {
            if (!entry.getKey().matches("[1-9][0-9]{0,8}")
                    || !entry.getValue().isInt()
                    || entry.getValue().intValue() < 0
                    || entry.getValue().intValue() > 100) {
                throw invalid(what + " must be whole percents from 0 to 100, by version: '"
                        + NearestNames.abbreviate(entry.getKey()) + "' is "
                        + NearestNames.abbreviate(entry.getValue().toString()));
            }
            weights.put(Integer.valueOf(entry.getKey()), entry.getValue().intValue());
        });
        return weights;
    }

    private static TrafficPlan.@Nullable Canary canary(JsonNode body) {
        JsonNode given = body.path("canary");
        if (isAbsent(given)) {
            return null;
        }
        requireFields("canary", given, Set.of("version", "atLeastCalls", "errorRatio", "p95Ratio"));
        return new TrafficPlan.Canary(
                version("canary", given),
                whole("canary.atLeastCalls", given.path("atLeastCalls"), TrafficPlan.Canary.AT_LEAST_CALLS),
                ratio("canary.errorRatio", given.path("errorRatio"), TrafficPlan.Canary.ERROR_RATIO),
                ratio("canary.p95Ratio", given.path("p95Ratio"), TrafficPlan.Canary.P95_RATIO));
    }

    private static TrafficPlan.@Nullable Shadow shadow(JsonNode body) {
        JsonNode given = body.path("shadow");
        if (isAbsent(given)) {
            return null;
        }
        requireFields("shadow", given, Set.of("version", "percent"));
        return new TrafficPlan.Shadow(version("shadow", given), whole("shadow.percent", given.path("percent"), 100));
    }

    private static int whole(String what, JsonNode given, int byDefault) {
        return isAbsent(given) ? byDefault : number(what, given);
    }

    private static double ratio(String what, JsonNode given, double byDefault) {
        if (isAbsent(given)) {
            return byDefault;
        }
        if (!given.isNumber() || !Double.isFinite(given.doubleValue())) {
            throw invalid(what + " must be a number");
        }
        return given.doubleValue();
    }

    private static boolean isAbsent(JsonNode given) {
        return given.isMissingNode() || given.isNull();
    }

    private static int version(String of, JsonNode given) {
        return number(of + ".version", given.path("version"));
    }

    /** A required number. */
    public static int number(String what, JsonNode given) {
        if (!given.isInt() || given.intValue() < 0) {
            throw invalid(what + (given.isMissingNode() ? " is missing" : " must be a whole number"));
        }
        return given.intValue();
    }

    /** An object with no other fields than these. */
    public static JsonNode requireFields(String what, JsonNode given, Set<String> known) {
        if (!given.isObject()) {
            throw invalid(what + " must be an object");
        }
        given.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid(what + " has an unknown field '" + NearestNames.abbreviate(field) + "'; there are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return given;
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
