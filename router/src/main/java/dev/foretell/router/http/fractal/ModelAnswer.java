package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as Fractal's users know it.
 *
 * @param defaultVersion the version with the most calls; null if no version gets calls
 */
record ModelAnswer(
        @JsonProperty("http_status") HttpStatus status,
        @JsonUnwrapped Description about,
        @JsonProperty("default_version") @Nullable Integer defaultVersion,
        Map<String, String> labels,
        List<Version> versions) {
    /** The entry of a model in {@code information}. */
    record Description(String description, String model) {
        /** Of all models, and of all ensembles. */
        static List<Description> all(Catalogue catalogue) {
            return Stream.concat(
                            catalogue.registry().current().byName().values().stream()
                                    .map(Description::of),
                            catalogue.ensembles().current().byName().values().stream()
                                    .map(Description::of))
                    .toList();
        }

        static Description of(RegisteredModel model) {
            return new Description(model.about().description(), OnnxName.theirs(model.name()));
        }

        static Description of(Ensemble ensemble) {
            return new Description(ensemble.description(), OnnxName.theirs(ensemble.name()));
        }
    }

    /** One of its files. */
    record Version(int version, long bytes, String sha256, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        private static Version of(ModelVersion version) {
            return new Version(
                    version.number(), version.file().bytes(), version.digest(), version.inputs(), version.outputs());
        }
    }

    /** An ensemble has no versions. */
    static ModelAnswer of(HttpStatus status, Ensemble ensemble) {
        return new ModelAnswer(status, Description.of(ensemble), null, Map.of(), List.of());
    }

    static ModelAnswer of(HttpStatus status, RegisteredModel model) {
        return new ModelAnswer(
                status,
                Description.of(model),
                Catalogue.defaultVersion(model),
                model.about().labels(),
                model.versions().values().stream().map(Version::of).toList());
    }
}
