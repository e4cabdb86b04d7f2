package dev.foretell.router.cache;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.routing.RoutingTable;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The caches of those models that have one. Shared by all event loops; thread-safe. */
public final class AnswerCaches {
    private final Map<ModelKey, AnswerStore> models;

    private AnswerCaches(Map<ModelKey, AnswerStore> models) {
        this.models = Map.copyOf(models);
    }

    /** Null where no model has one. */
    public static @Nullable AnswerCaches of(CacheConfig config, LongSupplier nanoClock) {
        return config.models().isEmpty()
                ? null
                : new AnswerCaches(config.models().entrySet().stream()
                        .collect(Collectors.toMap(
                                model -> ModelKey.parse(model.getKey()), model -> store(model.getValue(), nanoClock))));
    }

    private static AnswerStore store(CacheConfig.PerModel config, LongSupplier nanoClock) {
        return new AnswerStore(config.ttl(), config.maxBytes(), nanoClock);
    }

    /** Null where the model has none. */
    public @Nullable AnswerStore of(ModelKey model) {
        return models.get(model);
    }

    /** Empties the cache of each model whose workers are not the same any more: a new one may be a new version. */
    public void follow(RoutingTable before, RoutingTable after) {
        models.forEach((model, store) -> {
            if (!Objects.equals(before.models().get(model), after.models().get(model))) {
                store.clear();
            }
        });
    }

    /** Empties the caches of all models that a worker serves, which has come (back) or says something else of itself. */
    public void renewed(RoutingTable table, String host, int port) {
        models.forEach((model, store) -> {
            var entry = table.models().get(model);
            if (entry != null && entry.workers().stream().anyMatch(w -> w.port() == port && w.host().equals(host))) {
                store.clear();
            }
        });
    }
}
