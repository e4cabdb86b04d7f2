package dev.foretell.router.predict.hedge;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.retry.Retrier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which models' calls get a second copy when they are slow, and what is known of those models. Thread-safe. */
public final class Hedges {
    private volatile Map<ModelKey, Model> models = Map.of();

    public Hedges(Retrier.Config config) {
        adopt(config);
    }

    /** Goes by other settings from now on; what was known of the models is learnt anew. */
    public void adopt(Retrier.Config config) {
        Map<ModelKey, Model> all = new HashMap<>();
        config.hedgeModels()
                .forEach(name -> all.put(
                        ModelKey.parse(name), new Model(new RecentP95(), new HedgeTokens(config.hedgeShare()))));
        models = Map.copyOf(all);
    }

    /** When a call of the model is slow, and whether it may have a copy. */
    public record Model(RecentP95 p95, HedgeTokens tokens) {}

    /** Null where the model's calls get no copies. */
    public @Nullable Model of(ModelKey model) {
        Map<ModelKey, Model> now = models;
        return now.isEmpty() ? null : model.lookUp(now);
    }
}
