package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task.
 *
 * @param result null without a result
 * @param error why it failed or was queued again, as a sentence; may be empty
 */
public record TaskOutcome(@Nullable JsonNode result, String error) {
    public TaskOutcome {
        result = result == null || result.isNull() ? null : result;
    }

    static final TaskOutcome NONE = new TaskOutcome(null, "");

    static TaskOutcome of(String error) {
        return new TaskOutcome(null, error);
    }
}
