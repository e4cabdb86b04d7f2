package dev.foretell.router.fallback;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.cache.ResponseCache;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fallbacks of the models that have one. Shared by all event loops; thread-safe. */
public final class Fallbacks {
    private final Map<ModelKey, Fallback> models;

    private Fallbacks(Map<ModelKey, Fallback> models) {
        this.models = Map.copyOf(models);
    }

    public static Fallbacks of(FallbackConfig config, LongSupplier nanoClock) {
        return new Fallbacks(config.models().entrySet().stream()
                .collect(Collectors.toMap(
                        model -> ModelKey.parse(model.getKey()), model -> fallback(model.getValue(), nanoClock))));
    }

    /** Whether no model has a fallback. */
    public boolean isEmpty() {
        return models.isEmpty();
    }

    private static Fallback fallback(FallbackConfig.PerModel config, LongSupplier nanoClock) {
        return switch (config.kind()) {
            case DEFAULT -> DefaultResponse.of(Objects.requireNonNull(config.answer()));
            case LAST_GOOD -> new LastGoodResponse(new ResponseCache(config.maxAge(), config.maxBytes(), nanoClock));
            case MODEL -> new OtherModelFallback(Objects.requireNonNull(config.model()));
        };
    }

    /** Null if the model has no fallback. */
    public @Nullable Fallback of(ModelKey model) {
        return model.lookUp(models);
    }
}
