package dev.foretell.router.http.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import java.util.Map;

/** A version of a registered model, for {@code GET /v1/models/NAME/versions/N}. */
record VersionView(
        @JsonUnwrapped Service service,
        @JsonUnwrapped File file,
        @JsonUnwrapped ModelVersion.Contents contents,
        @JsonUnwrapped Origin origin,
        String url) {
    /**
     * Its share of the calls.
     *
     * @param state {@code SERVING} if it gets calls, else {@code STAGED}
     * @param weight percent of the model's calls
     */
    record Service(int version, String state, int weight) {}

    /** @param memory bytes of the loaded model; omitted if no host has measured it */
    record File(
            String digest,
            long bytes,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long memory,
            String runtime) {}

    /** The origin of the file. */
    record Origin(
            Map<String, String> provenance,
            @JsonProperty("created_ms") long createdMs) {}

    static VersionView of(RegisteredModel model, ModelVersion version) {
        int weight = model.traffic().weights().getOrDefault(version.number(), 0);
        return new VersionView(
                new Service(version.number(), weight > 0 ? "SERVING" : "STAGED", weight),
                new File(
                        version.digest(),
                        version.file().bytes(),
                        version.memory(),
                        version.file().runtime()),
                version.contents(),
                new Origin(version.origin().provenance(), version.origin().createdMs()),
                "/v2/models/" + model.name() + "/versions/" + version.number() + "/infer");
    }
}
