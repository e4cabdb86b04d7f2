package dev.foretell.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The response of a router or worker.
 *
 * @param from the URL as the user wrote it
 */
public record Reply(int status, String body, String from) {
    public boolean isOk() {
        return status / 100 == 2;
    }

    /** The body as JSON; a missing node if it is not JSON. */
    public JsonNode json() {
        try {
            return Json.readTree(body.getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            return MissingNode.getInstance();
        }
    }

    /** This response if it is a success of a router; otherwise throws its problem as the command's failure. */
    public Reply orFail() {
        if (!isOk()) {
            throw CommandFailure.of(problem());
        }
        if (!body.isEmpty() && json().isMissingNode()) {
            throw CommandFailure.of(noRouter());
        }
        return this;
    }

    /** Of the router's paths below /v2, whose errors have the form of the Open Inference Protocol. */
    private static boolean isInferenceError(JsonNode problem) {
        return problem.size() == 1 && problem.path("error").isTextual();
    }

    private String noRouter() {
        return "the response from " + from + " is not a router's (HTTP " + status + "); name a router with --router";
    }

    /** The problem for people: title and detail, then the fields for a report. */
    public String problem() {
        JsonNode problem = json();
        if (isInferenceError(problem)) {
            return problem.path("error").asText() + " (HTTP " + status + " from " + from + ")";
        }
        if (!problem.has("title")) {
            return noRouter();
        }
        String names = List.of("code", "model", "tries", "requestId").stream()
                .filter(problem::hasNonNull)
                .map(name -> name + " " + problem.get(name).asText())
                .collect(Collectors.joining(", "));
        return problem.get("title").asText() + " (HTTP " + status + ")"
                + "\n  " + problem.path("detail").asText()
                + (status == 401 ? "\n  give it with --token-file FILE, or in $FORETELL_TOKEN" : "")
                + "\n  " + names;
    }
}
