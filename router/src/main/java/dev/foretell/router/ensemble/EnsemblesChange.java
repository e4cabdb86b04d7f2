package dev.foretell.router.ensemble;

import dev.foretell.router.routing.SharedState;
import java.util.Map;
import java.util.Optional;

/** One change: the ensembles that differ, by name, each with its new recipe (empty: removed). */
public record EnsemblesChange(long base, Map<String, Optional<Ensemble>> ensembles) implements SharedState.Step {
    public EnsemblesChange {
        ensembles = Map.copyOf(ensembles);
    }

    @Override
    public long revision() {
        return ensembles.isEmpty() ? base : base + 1;
    }
}
