package dev.foretell.worker.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a search can go on: the scores of its trials so far, from which all else follows.
 *
 * @param search of which search it is: its order, its table and the software
 * @param spentMs how long it has run, in milliseconds, at all trainers together
 */
public record SearchCheckpoint(String search, long spentMs, TrialLog log) {
    public String text() {
        double[] scores = log.scores();
        ByteBuffer bytes = ByteBuffer.allocate(scores.length * Double.BYTES);
        bytes.asDoubleBuffer().put(scores);
        return Json.writeText(Json.MAPPER
                .createObjectNode()
                .put("search", search)
                .put("spent_ms", spentMs)
                .put("scores", Base64.getEncoder().encodeToString(bytes.array())));
    }

    /** Empty for a text that is no checkpoint of this search. */
    public static Optional<SearchCheckpoint> read(String text, String search) {
        try {
            JsonNode json = Json.readTree(text.getBytes(StandardCharsets.UTF_8));
            return json.path("search").asText().equals(search) ? Optional.of(read(json, search)) : Optional.empty();
        } catch (ServingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static SearchCheckpoint read(JsonNode json, String search) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(json.path("scores").asText()));
        double[] scores = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(scores);
        return new SearchCheckpoint(search, json.path("spent_ms").asLong(), new TrialLog(scores));
    }
}
