package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registered models by the names that Fractal's users know. */
record Catalogue(ModelRegistry registry) {
    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} naming the nearest ones */
    RegisteredModel require(String name) {
        return require(name, find(name));
    }

    RegisteredModel require(String name, Optional<RegisteredModel> found) {
        return found.orElseThrow(() -> new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                "no model '" + NearestNames.abbreviate(name) + "'" + NearestNames.of(name, names())));
    }

    Optional<RegisteredModel> find(String name) {
        return registry.current().find(OnnxName.ours(name));
    }

    List<String> names() {
        return registry.current().byName().keySet().stream()
                .map(OnnxName::theirs)
                .toList();
    }

    /** Each with its description. */
    List<ModelAnswer.Description> descriptions() {
        return registry.current().byName().values().stream()
                .map(ModelAnswer.Description::of)
                .toList();
    }

    /**
     * The version of this number; where none is given, the default one, else the latest.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}
     */
    static ModelVersion version(RegisteredModel model, @Nullable String number) {
        if (number == null) {
            Integer serving = defaultVersion(model);
            return model.require(serving == null ? model.history().nextVersion() - 1 : serving);
        }
        return model.require(number.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(number) : 0);
    }

    /** The one that gets most calls; null where none gets any. */
    static @Nullable Integer defaultVersion(RegisteredModel model) {
        return model.traffic().weights().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
