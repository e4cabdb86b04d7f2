package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Experts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * Asks all experts of a router at once, at most 32 at a time. They are trained at their own URLs, as their discovery service lists
 * them, and tested through the router like any model. What one of them gets wrong is told, and the others' answers stay.
 */
final class ExpertsClient {
    private static final Duration TRAINING = Duration.ofMinutes(10);
    private static final Duration TEST = Duration.ofSeconds(60);
    private static final int AT_ONCE = 32;

    private final RouterHttp router;
    private final PrintWriter err;

    ExpertsClient(RouterHttp router, PrintWriter err) {
        this.router = router;
        this.err = err;
    }

    /** The answers by the experts' ids, and whether all have answered. */
    record Answers(Map<String, JsonNode> byId, boolean areAll) {}

    /** Answers are the names of the files: {@code {"filename": "model-1.onnx"}}. */
    Answers train(JsonNode samples) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("data", samples);
        return askAll((id, url) -> train(url, body.toString()));
    }

    private Map<String, String> urls() {
        Map<String, String> urls = new TreeMap<>();
        JsonNode models = router.get(Experts.PATH).orFail().json().path("models");
        models.properties()
                .forEach(expert ->
                        urls.put(expert.getKey(), expert.getValue().path("url").asText()));
        if (urls.isEmpty()) {
            throw CommandFailure.of(
                    "no expert is registered at " + router.url() + "; start some with: foretell experts 5");
        }
        return urls;
    }

    /** The function for training is beside the one for tests. */
    private static JsonNode train(String testUrl, String body) {
        int host = testUrl.lastIndexOf('/');
        Reply reply =
                new RouterHttp(testUrl.substring(0, host)).send("POST", "/" + Experts.TRAIN, body, Map.of(), TRAINING);
        if (!reply.isOk()) {
            throw CommandFailure.of(reply.json().path("error").asText("HTTP " + reply.status()));
        }
        return reply.json();
    }

    /**
     * Answers are predictions: {@code {"y": [1.5, 2.5]}}.
     *
     * @param files the model file of each expert; one without uses its latest
     */
    Answers test(JsonNode samples, Map<String, String> files) {
        ObjectNode x = Json.MAPPER.createObjectNode();
        x.set("x", samples.path("x"));
        return askAll((id, url) -> test(id, files, x));
    }

    private JsonNode test(String id, Map<String, String> files, JsonNode x) {
        ObjectNode call = Json.MAPPER.createObjectNode().put("modelId", id);
        ObjectNode data = call.putObject("data");
        if (files.containsKey(id)) {
            data.put("filename", files.get(id));
        }
        data.set("data", x);
        Reply reply = router.send(
                "POST",
                "/v1/" + Experts.TYPE + "_model/predict",
                call.toString(),
                Map.of("X-Request-Timeout-Ms", String.valueOf(TEST.toMillis())),
                TEST.plusSeconds(5));
        JsonNode answer = reply.orFail().json();
        if (!answer.path("y").isArray()) {
            throw CommandFailure.of("its response has no predictions: " + answer);
        }
        return answer;
    }

    /** @param question what an expert with this id and URL answers */
    private Answers askAll(BiFunction<String, String, JsonNode> question) {
        Map<String, String> urls = urls();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, urls.size()));
        try {
            List<Map.Entry<String, CompletableFuture<JsonNode>>> asked = new ArrayList<>();
            urls.forEach((id, url) ->
                    asked.add(Map.entry(id, CompletableFuture.supplyAsync(() -> question.apply(id, url), threads))));
            Map<String, JsonNode> answers = new TreeMap<>();
            asked.forEach(one -> await(one.getKey(), one.getValue(), answers));
            return new Answers(answers, answers.size() == urls.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private void await(String id, CompletableFuture<JsonNode> coming, Map<String, JsonNode> answers) {
        try {
            answers.put(id, coming.join());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof CommandFailure failure)) {
                throw e;
            }
            err.println("expert " + id + ": " + failure.getMessage());
        }
    }
}
