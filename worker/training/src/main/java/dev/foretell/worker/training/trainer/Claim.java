package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.identity.Names;
import dev.foretell.worker.training.job.TaskMain;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** A task that this trainer has claimed, in the router's form. */
record Claim(JsonNode task) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * The table of a task.
     *
     * @param digest SHA-256 of the file, in hexadecimal
     */
    record Data(String digest, long bytes) {}

    /** @throws IOException with a sentence, for an answer that no router of ours gives */
    static Claim of(JsonNode answer) throws IOException {
        Claim claim = new Claim(answer);
        require(answer.isObject(), "it is not an object");
        require(Names.isValid(claim.id()), "its id is missing or malformed");
        require(answer.path("fence").isIntegralNumber(), "its fence is missing");
        require(DIGEST.matcher(claim.data().digest()).matches(), "its data.digest is missing or malformed");
        require(answer.at("/data/bytes").isIntegralNumber(), "its data.bytes are missing");
        require(isTime(claim.lease()), "its lease_ms is out of range");
        require(isTime(claim.time()), "its limits.time_ms is missing or out of range");
        require(claim.memoryMb() > 0, "its limits.memory_mb is missing or out of range");
        return claim;
    }

    private static void require(boolean isSo, String otherwise) throws IOException {
        if (!isSo) {
            throw new IOException("the router's answer is no task: " + otherwise);
        }
    }

    private static boolean isTime(Duration time) {
        return time.toMillis() > 0 && time.compareTo(LONGEST) <= 0;
    }

    /**
     * The task as its process reads it.
     *
     * @param places how many candidates a search may try at once
     */
    JsonNode order(int places) {
        ObjectNode order = task.deepCopy();
        return order.put("places", places);
    }

    String id() {
        return task.path("id").asText();
    }

    boolean isSearch() {
        return task.path("kind").asText().equals(TaskMain.AUTOML);
    }

    long fence() {
        return task.path("fence").asLong();
    }

    Duration lease() {
        return Duration.ofMillis(task.path("lease_ms").asLong(10_000));
    }

    Data data() {
        JsonNode data = task.path("data");
        return new Data(data.path("digest").asText(), data.path("bytes").asLong());
    }

    /** The registered model that gets the trained one. */
    String model() {
        return task.path("serve").path("model").asText();
    }

    Duration time() {
        return Duration.ofMillis(task.path("limits").path("time_ms").asLong());
    }

    int memoryMb() {
        return task.path("limits").path("memory_mb").asInt();
    }
}
