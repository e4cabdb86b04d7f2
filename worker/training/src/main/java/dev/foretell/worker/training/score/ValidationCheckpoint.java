package dev.foretell.worker.training.score;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Target;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state from which a validation can go on: the figures of the folds so far.
 *
 * @param name identifies the validation: its order, its table and the software
 */
public record ValidationCheckpoint(String name, Validation validation) {
    public String text() {
        List<Scoring> metrics = List.copyOf(validation.scores().keySet());
        ByteBuffer scores = ByteBuffer.allocate(validation.folds() * metrics.size() * Double.BYTES);
        metrics.forEach(metric -> validation.score(metric).folds().forEach(scores::putDouble));
        return Json.writeText(Json.MAPPER
                .createObjectNode()
                .put("validation", name)
                .put("folds", validation.folds())
                .put("scores", encode(scores))
                .put("confusion", encode(counts())));
    }

    private ByteBuffer counts() {
        long[][] counts = validation.confusion().map(ConfusionMatrix::counts).orElse(new long[0][]);
        ByteBuffer bytes = ByteBuffer.allocate(counts.length * counts.length * Long.BYTES);
        for (long[] line : counts) {
            for (long count : line) {
                bytes.putLong(count);
            }
        }
        return bytes;
    }

    private static String encode(ByteBuffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Empty for a text that is no checkpoint of this validation. */
    public static Optional<ValidationCheckpoint> read(String text, String name, Target target) {
        try {
            JsonNode json = Json.readTree(text.getBytes(StandardCharsets.UTF_8));
            return json.path("validation").asText().equals(name)
                    ? Optional.of(new ValidationCheckpoint(name, validation(json, target)))
                    : Optional.empty();
        } catch (ServingException | IllegalArgumentException | BufferUnderflowException unreadable) {
            return Optional.empty();
        }
    }

    private static Validation validation(JsonNode json, Target target) {
        int folds = json.path("folds").asInt();
        ByteBuffer numbers = decode(json, "scores");
        Map<Scoring, Spread> scores = new EnumMap<>(Scoring.class);
        for (Scoring metric : Scoring.of(target.kind())) {
            List<Double> values = new ArrayList<>();
            for (int fold = 0; fold < folds; fold++) {
                values.add(numbers.getDouble());
            }
            scores.put(metric, new Spread(values));
        }
        return new Validation(
                scores,
                target instanceof ClassTarget classes
                        ? Optional.of(confusion(classes.classes(), decode(json, "confusion")))
                        : Optional.empty());
    }

    private static ByteBuffer decode(JsonNode json, String field) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(json.path(field).asText()));
    }

    private static ConfusionMatrix confusion(List<String> classes, ByteBuffer numbers) {
        long[][] counts = new long[classes.size()][classes.size()];
        for (long[] line : counts) {
            for (int column = 0; column < line.length; column++) {
                line[column] = numbers.getLong();
            }
        }
        return new ConfusionMatrix(classes, counts);
    }
}
