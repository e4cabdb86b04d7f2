package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.tasks.TaskReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a trainer's report on a task, within bounds. */
final class ReportReader {
    private static final int MAX_PROGRESS = 16 * 1024;
    private static final int MAX_RESULT = 256 * 1024;
    private static final int MAX_CHECKPOINT = 512 * 1024;
    private static final int MAX_LINES = 1000;
    private static final int MAX_LINE = 2000;

    private ReportReader() {}

    static TaskReport read(BodyFields body) {
        return new TaskReport(
                object(body, "progress", MAX_PROGRESS),
                lines(body.object().path("log")),
                body.has("checkpoint") ? body.text("checkpoint", MAX_CHECKPOINT) : null);
    }

    /** The result of the task; an empty object if it is left out. */
    static ObjectNode result(BodyFields body) {
        JsonNode result = object(body, "result", MAX_RESULT);
        return result == null ? Json.MAPPER.createObjectNode() : result.deepCopy();
    }

    private static @Nullable JsonNode object(BodyFields body, String name, int most) {
        if (!body.has(name)) {
            return null;
        }
        JsonNode value = body.object().path(name);
        if (!value.isObject() || Json.write(value).length > most) {
            throw BodyFields.wrong(name + " must be an object of at most " + most + " bytes");
        }
        return value;
    }

    private static List<String> lines(JsonNode log) {
        if (log.isMissingNode() || log.isNull()) {
            return List.of();
        }
        if (!log.isArray() || log.size() > MAX_LINES) {
            throw BodyFields.wrong("log must be an array of at most " + MAX_LINES + " lines");
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode line : log) {
            if (!line.isTextual()) {
                throw BodyFields.wrong("a line of log must be a text");
            }
            String text = line.asText();
            lines.add(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) + "…" : text);
        }
        return lines;
    }
}
