package dev.foretell.router.upstream.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls to a new or returning worker before it gets real calls of a model.
 *
 * @param samples bodies by {@code type/model}; without one, the worker's index may have one
 * @param calls the number of calls per model; 0 turns warm-up off
 * @param timeout the maximum time for all models of a worker
 */
public record WarmUpConfig(Map<String, String> samples, int calls, Duration timeout) {
    public WarmUpConfig {
        if (calls < 0 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("calls must not be negative, timeout at least 1ms");
        }
        samples = Map.copyOf(new TreeMap<>(samples));
        samples.forEach(WarmUpConfig::require);
    }

    public static WarmUpConfig defaults() {
        return new WarmUpConfig(Map.of(), 20, Duration.ofSeconds(10));
    }

    private static void require(String model, String sample) {
        try {
            Json.readTree(sample.getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            throw new IllegalArgumentException("samples: the one of " + model + " is not JSON: " + sample, e);
        }
    }

    /** The warm-up sample of a model, given the worker's own; null without one. */
    @Nullable
    String sampleOf(ModelKey model, @Nullable JsonNode said) {
        String ours = calls == 0
                ? null
                : samples.getOrDefault(
                        model.toString(), samples.get(model.base().toString()));
        return ours != null || said == null || calls == 0 ? ours : said.toString();
    }
}
