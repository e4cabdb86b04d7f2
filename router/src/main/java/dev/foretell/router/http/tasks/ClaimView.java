package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.tasks.Trainers;
import org.jspecify.annotations.Nullable;

/**
 * A task for the trainer that has claimed it.
 *
 * @param checkpoint the checkpoint of the previous trainer; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClaimView(
        @JsonUnwrapped TaskView task,
        long fence,
        @JsonProperty("lease_ms") long leaseMs,
        @Nullable String checkpoint) {
    static ClaimView of(Trainers.Claimed claimed, long leaseMs) {
        return new ClaimView(TaskView.of(claimed.task()), claimed.task().run().fence(), leaseMs, claimed.checkpoint());
    }
}
