package dev.foretell.client.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A model, function or ensemble that can be called by its name; of a registered model, one version.
 *
 * @param version empty where there are no versions
 * @param state {@code READY} if it can be called now
 * @param reason why it cannot; empty if it can
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelStatus(String name, String version, String state, String reason) {
    public ModelStatus {
        name = Given.text(name);
        version = Given.text(version);
        state = Given.text(state);
        reason = Given.text(reason);
    }

    public boolean isReady() {
        return state.equals("READY");
    }
}
