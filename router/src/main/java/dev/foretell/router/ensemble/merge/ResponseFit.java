package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Checks whether a rule can merge a single response, whatever the others are. */
public final class ResponseFit {
    private ResponseFit() {}

    /** What is wrong with it, as the end of a sentence about the response; empty if it fits. */
    public static Optional<String> misfit(MergeRule rule, JsonNode value) {
        return switch (rule) {
            case MEAN, WEIGHTED, MEDIAN, MIN, MAX -> leaves(value, ResponseFit::ofNumber);
            case VOTE -> leaves(value, ResponseFit::ofLabel);
            case SOFT_VOTE -> ofProbabilities(value);
            case FIRST, ALL -> Optional.empty();
        };
    }

    private interface Rule {
        Optional<String> misfit(JsonNode leaf);
    }

    private static Optional<String> leaves(JsonNode value, Rule rule) {
        if (!value.isContainerNode()) {
            return rule.misfit(value);
        }
        for (JsonNode element : value) {
            Optional<String> misfit = leaves(element, rule);
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofNumber(JsonNode leaf) {
        if (!leaf.isNumber()) {
            return Optional.of("has " + kind(leaf) + " where numbers belong");
        }
        return Double.isFinite(leaf.doubleValue())
                ? Optional.empty()
                : Optional.of("has a number that is too large for a double");
    }

    private static Optional<String> ofLabel(JsonNode leaf) {
        return leaf.isNull() ? Optional.of("has null where labels belong") : Optional.empty();
    }

    private static Optional<String> ofProbabilities(JsonNode value) {
        if (SoftVote.isRow(value)) {
            return leaves(value, ResponseFit::ofProbability);
        }
        if (!value.isArray() || value.isEmpty()) {
            return Optional.of("has " + kind(value) + " where probabilities belong");
        }
        for (JsonNode row : value) {
            Optional<String> misfit = ofProbabilities(row);
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofProbability(JsonNode leaf) {
        double value = leaf.doubleValue();
        return value >= 0 && value <= 1
                ? Optional.empty()
                : Optional.of("has a number that is no probability, from 0 to 1");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.isEmpty() ? "an empty array" : "an array";
            case OBJECT -> value.isEmpty() ? "an empty object" : "an object";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }
}
