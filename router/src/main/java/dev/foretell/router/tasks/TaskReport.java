package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer tells of a task that it has.
 *
 * @param progress null where nothing is new
 * @param log lines of its output since the last report
 * @param checkpoint what another trainer can go on from; null where nothing is new
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
