package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.options.Input;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows to train or to test with, as {@code {"x": [[0.1]], "y": [1]}}. */
final class Samples {
    private static final int ROWS = 100;

    private Samples() {}

    /** From a file, {@code -} for stdin; without one, random rows as the document of the experts makes them: y is 10 x and noise. */
    static JsonNode of(@Nullable String file) {
        return file == null ? random(RandomGenerator.getDefault()) : read(file);
    }

    private static JsonNode read(String file) {
        JsonNode json = parse(file);
        JsonNode samples = json.has("data") ? json.path("data") : json;
        if (!samples.path("x").isArray()) {
            throw CommandFailure.usage(file + " must hold rows, as in {\"x\": [[0.1], [0.2]], \"y\": [1, 2]}");
        }
        return samples;
    }

    private static JsonNode parse(String file) {
        try {
            return Json.readTree(Input.file(file).getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            throw CommandFailure.usage(file + " is not JSON: " + e.detail());
        }
    }

    private static JsonNode random(RandomGenerator random) {
        ObjectNode samples = Json.MAPPER.createObjectNode();
        ArrayNode x = samples.putArray("x");
        ArrayNode y = samples.putArray("y");
        for (int row = 0; row < ROWS; row++) {
            double value = random.nextDouble();
            x.addArray().add(value);
            y.add(10 * value + random.nextGaussian(0, 5));
        }
        return samples;
    }
}
