package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.Bytes;
import dev.foretell.commons.identity.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A task in words. */
final class TaskText {
    private TaskText() {}

    static String of(JsonNode task) {
        List<String> lines = new ArrayList<>();
        lines.add(task.path("id").asText() + "  " + task.path("state").asText() + "  "
                + task.path("name").asText());
        line(lines, "waits", task.path("waits").asText());
        line(lines, "parameters", ordered(task.path("parameters")));
        line(lines, "data", task.path("data").path("name").asText());
        line(lines, "serve", pairs(task.path("serve")));
        line(lines, "trainer", trainer(task));
        line(lines, task.has("finished_ms") ? "took" : "runs for", task.has("started_ms") ? took(task) : "");
        line(lines, "progress", task.path("state").asText().equals("SUCCEEDED") ? "" : progress(task.path("progress")));
        line(lines, "metrics", pairs(task.path("result").path("metrics")));
        line(lines, "hint", task.path("result").path("hint").asText());
        line(lines, "model", model(task));
        line(lines, "search", search(task.path("result").path("search")));
        line(lines, "helped by", helpers(task.path("progress").path("helped")));
        line(lines, "compared", comparison(task.path("result").path("comparison"), task.path("serve")));
        line(lines, "served", servedModel(task.path("result").path("served")));
        line(lines, "ensemble", ensemble(task.path("result").path("served")));
        line(lines, "not served", task.path("result").path("not_served").asText());
        line(lines, "error", task.path("error").asText());
        return String.join(System.lineSeparator(), lines);
    }

    /** {@code 355 trials of 201 candidates; the baseline has 0.3333; cut after trial 355}; empty for other tasks. */
    static String search(JsonNode search) {
        return search.isObject()
                ? Counted.of(search.path("trials").asInt(), "trial") + " of "
                        + Counted.of(search.path("candidates").asInt(), "candidate") + baseline(search)
                        + end(search.path("cut"))
                : "";
    }

    private static String baseline(JsonNode search) {
        return search.has("baseline")
                ? String.format(
                        Locale.ROOT,
                        "; the baseline has %.4f",
                        search.path("baseline").asDouble())
                : "";
    }

    private static String end(JsonNode cut) {
        return cut.isMissingNode()
                ? ""
                : "; cut after trial " + cut.path("trials").asText();
    }

    /** {@code trainer-2 with 31 trials, trainer-3 with 1 trial}. */
    private static String helpers(JsonNode helped) {
        return helped.properties().stream()
                .map(entry ->
                        entry.getKey() + " with " + Counted.of(entry.getValue().asInt(), "trial"))
                .collect(Collectors.joining(", "));
    }

    private static void line(List<String> lines, String what, String text) {
        if (!text.isEmpty()) {
            lines.add("  " + what + " ".repeat(12 - what.length()) + text);
        }
    }

    private static String trainer(JsonNode task) {
        int attempts = task.path("attempts").asInt();
        return task.path("trainer").asText() + (attempts > 1 ? ", attempt " + attempts : "");
    }

    /** How the file of the model is had. */
    private static String model(JsonNode task) {
        JsonNode model = task.path("result").path("model");
        return model.isObject()
                ? Bytes.of(model.path("bytes").asLong()) + ": foretell tasks download "
                        + task.path("id").asText()
                : "";
    }

    private static String servedModel(JsonNode served) {
        return served.isObject()
                ? served.path("model").asText() + ":" + served.path("version").asText()
                        + (served.has("weight") ? ", " + served.path("weight").asInt() + " % of its calls" : "")
                        + (isFirst(served) ? ", as the first version" : "")
                : "";
    }

    /** It has all calls, whatever the order says. */
    private static boolean isFirst(JsonNode served) {
        return served.path("version").asInt() == 1 && served.path("weight").asInt() == 100;
    }

    /** {@code iris-best of iris:1, iris:2, iris:3}. */
    private static String ensemble(JsonNode served) {
        return served.has("ensemble")
                ? served.path("ensemble").asText() + " of "
                        + StreamSupport.stream(served.path("members").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(", "))
                : "";
    }

    /** {@code accuracy 0.9667 with 0.9333 of iris:1, on 30 rows}. */
    private static String comparison(JsonNode comparison, JsonNode serve) {
        return comparison.isObject()
                ? comparison.path("metric").asText() + " " + text(comparison.path("candidate")) + " with "
                        + text(comparison.path("incumbent")) + " of "
                        + serve.path("model").asText() + ":"
                        + comparison.path("version").asText() + ", on "
                        + comparison.path("rows").asText() + " rows"
                : "";
    }

    /** {@code target=species, algorithm=decision-tree}. */
    static String pairs(JsonNode object) {
        return object.properties().stream()
                .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** As {@link #pairs}, with all digits: nobody orders 0.0000. */
    private static String ordered(JsonNode parameters) {
        return parameters.properties().stream()
                .map(entry -> entry.getKey() + "=" + exact(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String exact(JsonNode value) {
        return value.isFloatingPointNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : text(value);
    }

    private static String text(JsonNode value) {
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.4f", value.asDouble())
                : value.isValueNode() ? firstLine(value.asText()) : value.toString();
    }

    /** Of a source file, for example. */
    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end) + " …";
    }

    /** {@code 60 %, trains on all rows}. */
    static String progress(JsonNode progress) {
        List<String> parts = new ArrayList<>();
        if (progress.path("done").isNumber()) {
            parts.add(Math.round(100 * progress.path("done").asDouble()) + " %");
        }
        if (progress.has("step")) {
            parts.add(progress.path("step").asText());
        }
        if (progress.path("score").isNumber()) {
            parts.add("best score " + text(progress.path("score")));
        }
        if (progress.path("left_ms").isNumber()) {
            parts.add(seconds(progress.path("left_ms").asLong()) + " left");
        }
        return String.join(", ", parts);
    }

    /** {@code no trainer is connected}, without what to do about it. */
    static String shortReason(String waits) {
        return waits.split(";", 2)[0];
    }

    static String took(JsonNode task) {
        long end = task.has("finished_ms")
                ? task.path("finished_ms").asLong()
                : task.path("heard_ms").asLong();
        return seconds(Math.max(0, end - task.path("started_ms").asLong()));
    }

    private static String seconds(long milliseconds) {
        Duration duration = Duration.ofMillis(milliseconds);
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
    }
}
