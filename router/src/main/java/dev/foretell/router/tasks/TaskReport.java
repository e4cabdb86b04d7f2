package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trainer's report on its task.
 *
 * @param progress null without news
 * @param log the lines of its output since the last report
 * @param checkpoint the state from which another trainer can continue; null without news
 */
public record TaskReport(
        @Nullable JsonNode progress,
        List<String> log,
        @Nullable String checkpoint) {
    static final TaskReport NONE = new TaskReport(null, List.of(), null);

    public TaskReport {
        log = List.copyOf(log);
    }
}
