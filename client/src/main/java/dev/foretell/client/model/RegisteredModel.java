package dev.foretell.client.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;

/**
 * A model that was uploaded or trained.
 *
 * @param loaded whether hosts are to serve it
 * @param aliases version numbers by alias
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RegisteredModel(
        String name,
        String type,
        String description,
        boolean loaded,
        Map<String, Integer> aliases,
        List<Version> versions) {
    public RegisteredModel {
        name = Given.text(name);
        type = Given.text(type);
        description = Given.text(description);
        aliases = Given.map(aliases);
        versions = Given.list(versions);
    }

    /**
     * One version of it.
     *
     * @param state {@code SERVING}, or {@code STAGED} if it gets no calls
     * @param weight its share of the calls in percent
     * @param digest the SHA-256 of its file
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Version(int version, String state, int weight, String digest, long bytes, String runtime) {
        public Version {
            state = Given.text(state);
            digest = Given.text(digest);
            runtime = Given.text(runtime);
        }
    }
}
