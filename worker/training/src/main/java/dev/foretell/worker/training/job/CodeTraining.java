package dev.foretell.worker.training.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.code.Training;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The task as its code sees it. Thread-safe. */
final class CodeTraining implements Training {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Path table;
    private final Path folder;
    private final JsonNode task;
    private final PrintStream out;
    private final ObjectNode metrics = Json.MAPPER.createObjectNode();
    private @Nullable JsonNode sample;

    CodeTraining(Path table, Path folder, JsonNode task, PrintStream out) {
        this.table = table;
        this.folder = folder;
        this.task = task;
        this.out = out;
    }

    @Override
    public Path table() {
        return table;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> parameters() {
        JsonNode parameters = task.path("parameters").path("parameters");
        return parameters.isObject() ? Json.MAPPER.convertValue(parameters, MAP) : Map.of();
    }

    @Override
    public synchronized void progress(double done, String step) {
        tell(
                TaskOutput.PROGRESS,
                Json.MAPPER.createObjectNode().put("done", done).put("step", step));
    }

    private void tell(String mark, JsonNode line) {
        out.println(mark + line);
    }

    @Override
    public synchronized void metric(String name, double value) {
        metrics.put(name, value);
    }

    synchronized ObjectNode metrics() {
        return metrics.deepCopy();
    }

    @Override
    public synchronized void sample(Map<String, Object> data) {
        sample = Json.MAPPER.valueToTree(data);
    }

    synchronized Optional<JsonNode> sampleData() {
        return Optional.ofNullable(sample);
    }

    /** It is kept as a JSON text, because a checkpoint is one line of output. */
    @Override
    public Optional<String> checkpoint() {
        String kept = task.path("checkpoint").asText();
        try {
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Json.readTree(kept.getBytes(StandardCharsets.UTF_8)).asText());
        } catch (ServingException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void checkpoint(String state) {
        String line = Json.writeText(state);
        if (line.length() > 2 * MAX_CHECKPOINT || state.length() > MAX_CHECKPOINT) {
            throw new IllegalArgumentException(
                    "a checkpoint has at most " + MAX_CHECKPOINT + " characters, this one " + state.length());
        }
        out.println(TaskOutput.CHECKPOINT + line);
    }
}
