package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.Holdout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The version of a registered model that has the most calls. It is called at the router like any model, by its number, and its calls
 * count there. Used by one thread.
 */
final class Incumbent {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final long PAUSE_MS = 500;

    private final RouterCalls router;
    private final String model;
    private final CountDownLatch lost;
    private final long limitNanos;

    /**
     * @param lost open once the task is not the trainer's any more
     * @param limitNanos when no call is tried again
     */
    Incumbent(RouterCalls router, String model, CountDownLatch lost, long limitNanos) {
        this.limitNanos = limitNanos;
        this.router = router;
        this.model = model;
        this.lost = lost;
    }

    /**
     * Both figures on the same rows; an empty object if the model has no version with calls.
     *
     * @throws IOException with a sentence, if it cannot be compared
     */
    ObjectNode compare(Holdout holdout) throws IOException, InterruptedException {
        RouterCalls.Reply reply = repeat(() -> router.get("/v1/models/" + model, PATIENCE));
        ObjectNode comparison = Json.MAPPER.createObjectNode();
        int version = reply.status() == 404 ? 0 : main(require(reply).path("versions"));
        return version == 0
                ? comparison
                : comparison
                        .put("metric", holdout.metric())
                        .put("rows", holdout.truth().length)
                        .put("candidate", holdout.candidate())
                        .put("incumbent", score(holdout, version, reply.body()))
                        .put("version", version);
    }

    private static int main(JsonNode versions) {
        int main = 0;
        int most = 0;
        for (JsonNode version : versions) {
            if (version.path("weight").asInt() > most) {
                most = version.path("weight").asInt();
                main = version.path("version").asInt();
            }
        }
        return main;
    }

    private double score(Holdout holdout, int version, JsonNode described) throws IOException, InterruptedException {
        List<JsonNode> responses = new ArrayList<>();
        for (ArrayNode rows : holdout.calls()) {
            ObjectNode call = Json.MAPPER.createObjectNode().put("modelId", model + ":" + version);
            call.set("data", rows);
            String path = "/v1/" + described.path("type").asText() + "_model/predict";
            responses.add(require(repeat(() -> router.post(path, call, PATIENCE))));
        }
        try {
            return new IncumbentScore(holdout, classes(described, version)).of(responses);
        } catch (IllegalArgumentException e) {
            throw new IOException(model + ":" + version + " cannot be compared: " + e.getMessage(), e);
        }
    }

    private static List<String> classes(JsonNode described, int version) throws IOException {
        List<String> classes = new ArrayList<>();
        for (JsonNode one : described.path("versions")) {
            String labels = one.path("metadata").path("labels.probabilities").asText();
            if (one.path("version").asInt() == version && !labels.isEmpty()) {
                Json.MAPPER.readTree(labels).forEach(label -> classes.add(label.asText()));
            }
        }
        return classes;
    }

    private JsonNode require(RouterCalls.Reply reply) throws IOException {
        if (!reply.isOk()) {
            throw new IOException(model + " cannot be compared: " + reply.detail());
        }
        return reply.body();
    }

    /** One call of a router. */
    private interface Call {
        RouterCalls.Reply make() throws IOException, InterruptedException;
    }

    /** For a minute at most, and within the task's time, unless the router refuses the call or the task is lost. */
    private RouterCalls.Reply repeat(Call call) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RETRY.toNanos();
        while (true) {
            RouterCalls.Reply reply;
            try {
                reply = call.make();
            } catch (IOException away) {
                reply = RouterCalls.away();
            }
            if (reply.isOk()
                    || reply.isRefusal()
                    || System.nanoTime() - deadline > 0
                    || System.nanoTime() - limitNanos > 0
                    || lost.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                return reply;
            }
        }
    }
}
