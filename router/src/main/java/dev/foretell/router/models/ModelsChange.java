package dev.foretell.router.models;

import dev.foretell.router.routing.SharedState;
import java.util.Map;
import java.util.Optional;

/** One step of the registry: the changed models by name, with their new values (empty: removed). */
public record ModelsChange(long base, Map<String, Optional<RegisteredModel>> models) implements SharedState.Step {
    public ModelsChange {
        models = Map.copyOf(models);
    }

    @Override
    public long revision() {
        return models.isEmpty() ? base : base + 1;
    }
}
