package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The registered models by their names for Fractal's users. */
record Catalogue(ModelRegistry registry, EnsembleRegistry ensembles) {
    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} with similar names */
    RegisteredModel require(String name) {
        return require(name, find(name));
    }

    RegisteredModel require(String name, Optional<RegisteredModel> found) {
        if (found.isEmpty()) {
            findEnsemble(name).ifPresent(Catalogue::refuse);
        }
        return found.orElseThrow(() -> new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                "no model '" + NearestNames.abbreviate(name) + "'" + NearestNames.of(name, names())));
    }

    private static void refuse(Ensemble ensemble) {
        throw new ServingException(
                FailureKind.MODEL_NOT_FOUND,
                "'" + ensemble.name() + "' is an ensemble, which has no file: see and change it at /v1/ensembles/"
                        + ensemble.name());
    }

    Optional<RegisteredModel> find(String name) {
        return registry.current().find(OnnxName.ours(name));
    }

    /** They have no files, but are called like models. */
    Optional<Ensemble> findEnsemble(String name) {
        return ensembles.current().find(OnnxName.ours(name));
    }

    /** Of models and of ensembles. */
    List<String> names() {
        return Stream.concat(
                        registry.current().byName().keySet().stream(), ensembles.current().byName().keySet().stream())
                .map(OnnxName::theirs)
                .toList();
    }

    /**
     * The version with this number; without a number, the default version, or else the latest one.
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

    /** The version with the most calls; null if no version gets calls. */
    static @Nullable Integer defaultVersion(RegisteredModel model) {
        return model.traffic().weights().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
