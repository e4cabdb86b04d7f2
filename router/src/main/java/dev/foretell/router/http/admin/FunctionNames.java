package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.models.ModelRegistry;

/** A name is a function's, a registered model's or an ensemble's, and never two of them. */
public record FunctionNames(ModelRegistry models, EnsembleRegistry ensembles) {
    /** @throws ServingException {@link FailureKind#CONFLICT} where no function can have this name */
    void requireFree(ModelKey key) {
        if (models.current()
                .find(key.name())
                .filter(model -> model.key().equals(key))
                .isPresent()) {
            throw new ServingException(
                    FailureKind.CONFLICT, key + " is a registered model: workers cannot serve a function by that name");
        }
        ensembles.requireFree(key);
    }
}
