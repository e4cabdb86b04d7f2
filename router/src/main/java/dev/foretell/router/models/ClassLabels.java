package dev.foretell.router.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the classes whose probabilities an output has, which a model file's metadata lists as {@code labels.OUTPUT}.
 * Thread-safe; keeps what it has read, within bounds.
 */
public final class ClassLabels {
    private static final String PREFIX = "labels.";
    private static final int MAX_KEPT = 1000;

    private final Map<String, List<String>> read = new ConcurrentHashMap<>();

    /** In order; empty where the metadata does not list them. */
    public List<String> of(ModelVersion version, String output) {
        String listed = version.contents().metadata().get(PREFIX + output);
        if (listed == null) {
            return List.of();
        }
        if (read.size() >= MAX_KEPT) {
            read.clear();
        }
        return read.computeIfAbsent(listed, ClassLabels::parse);
    }

    private static List<String> parse(String listed) {
        try {
            List<String> labels = new ArrayList<>();
            JsonNode names = Json.readTree(listed.getBytes(StandardCharsets.UTF_8));
            names.forEach(name -> labels.add(name.asText()));
            return List.copyOf(labels);
        } catch (ServingException notJson) {
            return List.of();
        }
    }
}
