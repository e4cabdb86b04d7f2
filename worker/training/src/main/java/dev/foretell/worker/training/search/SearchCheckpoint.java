package dev.foretell.worker.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a search can go on: the scores of its trials so far, from which all else follows.
 *
 * @param search of which search it is: its order, its table and the software
 * @param spentMs how long it has run, in milliseconds, at all trainers together
 */
public record SearchCheckpoint(String search, long spentMs, TrialLog log) {
    private static final int MAX_EARLY = 200;

    /** @param early outcomes of trials that ended before their turn, by number */
    public String text(Map<Integer, Trial> early) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("search", search)
                .put("spent_ms", spentMs)
                .put("scores", PackedNumbers.pack(log.scores()));
        if (!early.isEmpty()) {
            ObjectNode ahead = json.putObject("early");
            early.entrySet().stream()
                    .limit(MAX_EARLY)
                    .forEach(trial -> ahead.set(
                            String.valueOf(trial.getKey()), trial.getValue().json()));
        }
        return Json.writeText(json);
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
        double[] scores = PackedNumbers.unpack(json.path("scores").asText());
        return new SearchCheckpoint(
                search, json.path("spent_ms").asLong(), new TrialLog(scores, early(json.path("early"))));
    }

    private static Map<Integer, Trial> early(JsonNode json) {
        Map<Integer, Trial> early = new HashMap<>();
        json.properties().forEach(trial -> early.put(Integer.valueOf(trial.getKey()), Trial.of(trial.getValue())));
        return early;
    }
}
