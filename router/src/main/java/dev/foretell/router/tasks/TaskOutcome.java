package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What came of a task.
 *
 * @param result null for none
 * @param error why it failed, or was queued again, in a sentence; empty for nothing
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
