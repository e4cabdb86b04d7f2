package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.worker.training.job.TaskMain;
import java.time.Duration;

/** A task that this trainer has claimed, in the router's form. */
record Claim(JsonNode task) {
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

    String data() {
        return task.path("data").path("digest").asText();
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
