package dev.foretell.router.fallback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fallbacks of models.
 *
 * @param models by {@code type/model}; other models have no fallback
 */
public record FallbackConfig(Map<String, PerModel> models) {
    private static final Duration MAX_AGE = Duration.ofDays(30);

    /**
     * The fallback of one model.
     *
     * @param kind where the response comes from
     * @param answer the response, for the kind {@code default}
     * @param model the name of another model of the same type, for the kind {@code model}
     * @param maxAge the maximum age of a response, for the kind {@code last_good}
     * @param maxBytes maximum memory of the responses, including their keys, for the kind {@code last_good}
     */
    public record PerModel(
            FallbackKind kind,
            @Nullable JsonNode answer,
            @Nullable String model,
            Duration maxAge,
            long maxBytes) {
        static PerModel defaults() {
            return new PerModel(FallbackKind.DEFAULT, null, null, Duration.ofHours(1), 16 * 1024 * 1024);
        }
    }

    public FallbackConfig {
        models.forEach((name, model) -> check(ModelKey.parse(name), model));
        models = Map.copyOf(models);
    }

    public static FallbackConfig defaults() {
        return new FallbackConfig(Map.of());
    }

    private static void check(ModelKey key, PerModel model) {
        require(
                key,
                (model.answer() != null) == (model.kind() == FallbackKind.DEFAULT),
                "kind default, and no other, must have an answer");
        require(
                key,
                (model.model() != null) == (model.kind() == FallbackKind.MODEL),
                "kind model, and no other, must have a model");
        require(key, model.model() == null || !other(key, model.model()).equals(key), "model must be another one");
        require(
                key,
                model.maxAge().toMillis() >= 1 && model.maxAge().compareTo(MAX_AGE) <= 0 && model.maxBytes() >= 1024,
                "max-age must be from 1ms to 30d, max-bytes at least 1024");
    }

    static ModelKey other(ModelKey key, String name) {
        return new ModelKey(key.type(), name);
    }

    private static void require(ModelKey key, boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(key + ": " + what);
        }
    }
}
