package dev.foretell.worker.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.util.Arrays;

/**
 * What came of a candidate on a rung.
 *
 * @param scores one for each fold; {@code NaN} where the candidate failed
 * @param failure why it failed, a sentence; empty where it did not
 */
public record Trial(double[] scores, String failure) {
    private static final int MAX_FAILURE = 1000;
    private static final int MAX_FOLDS = 1000;

    static Trial of(double[] scores) {
        return Arrays.stream(scores).allMatch(Double::isFinite)
                ? new Trial(scores, "")
                : ofFailure(scores.length, "A score is not a number.");
    }

    static Trial ofFailure(int folds, Throwable why) {
        return ofFailure(folds, why instanceof ServingException refusal ? refusal.detail() : why.toString());
    }

    private static Trial ofFailure(int folds, String why) {
        double[] scores = new double[folds];
        Arrays.fill(scores, Double.NaN);
        return new Trial(scores, why);
    }

    /** For another process: {@code {"scores": [0.9, 0.95]}}, or {@code {"failure": "A score is not a number.", "folds": 2}}. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (isFailed()) {
            return json.put("failure", failure.substring(0, Math.min(MAX_FAILURE, failure.length())))
                    .put("folds", scores.length);
        }
        Arrays.stream(scores).forEach(json.putArray("scores")::add);
        return json;
    }

    /** @throws IllegalArgumentException for what {@link #json} does not write */
    static Trial of(JsonNode json) {
        int folds = json.path("folds").asInt();
        if (json.has("failure") && folds > 0 && folds <= MAX_FOLDS) {
            return ofFailure(folds, json.path("failure").asText());
        }
        double[] scores = new double[json.path("scores").size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = json.path("scores").path(i).asDouble(Double.NaN);
        }
        if (scores.length == 0) {
            throw new IllegalArgumentException("a trial has neither scores nor a failure");
        }
        return of(scores);
    }

    boolean isFailed() {
        return Double.isNaN(scores[0]);
    }
}
