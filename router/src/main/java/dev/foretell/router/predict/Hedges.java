package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.retry.Retrier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which models' calls get a second copy when they are slow, and what is known of those models. Thread-safe. */
public final class Hedges {
    private final Map<ModelKey, Model> models;

    public Hedges(Retrier.Config config) {
        Map<ModelKey, Model> all = new HashMap<>();
        config.hedgeModels()
                .forEach(name -> all.put(
                        ModelKey.parse(name), new Model(new RecentP95(), new HedgeTokens(config.hedgeShare()))));
        this.models = Map.copyOf(all);
    }

    /** When a call of the model is slow, and whether it may have a copy. */
    record Model(RecentP95 p95, HedgeTokens tokens) {}

    /** Null where the model's calls get no copies. */
    @Nullable
    Model of(ModelKey model) {
        return models.isEmpty() ? null : models.get(model);
    }
}
