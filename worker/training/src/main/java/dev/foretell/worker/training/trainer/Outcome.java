package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.util.List;

/**
 * The outcome of a task's process.
 *
 * @param error why it failed, as a sentence; empty if it succeeded
 * @param result its report on the model; may be an empty object
 * @param model the digest of the model file at the router; empty without a model
 */
record Outcome(String error, JsonNode result, String model) {
    private static final int MAX_ERROR = 3500;

    static Outcome failure(String error) {
        return new Outcome(
                error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) + "…" : error,
                Json.MAPPER.createObjectNode(),
                "");
    }

    /** The same, with more to tell; an empty object tells nothing. */
    Outcome with(String name, ObjectNode more) {
        ObjectNode told = result.deepCopy();
        if (!more.isEmpty()) {
            told.set(name, more);
        }
        return new Outcome(error, told, model);
    }

    /** The same outcome as a failure. */
    Outcome withFailure(String why) {
        return new Outcome(why, result, model);
    }

    ObjectNode body(long fence, List<String> log) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("fence", fence)
                .put("outcome", error.isEmpty() ? "SUCCEEDED" : "FAILED")
                .put("model", model);
        if (!error.isEmpty()) {
            body.put("error", error);
        }
        body.set("result", result);
        log.forEach(body.putArray("log")::add);
        return body;
    }
}
