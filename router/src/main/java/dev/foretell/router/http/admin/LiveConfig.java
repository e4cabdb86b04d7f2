package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** The current settings of the whole router. */
public interface LiveConfig {
    /** The settings by dotted key, with secrets masked. */
    Map<String, String> view();

    /**
     * Reads the settings again and applies those that can change. The result lists the changed settings and those that
     * need a restart. Fails with {@link dev.foretell.commons.failure.FailureKind#INVALID_INPUT} and every problem; then
     * nothing has changed.
     */
    Future<Reload> reload();

    /**
     * The result of reading the settings again.
     *
     * @param changed the settings that apply from now on, by key
     * @param needsRestart keys of changed settings that apply after a restart
     */
    record Reload(
            Map<String, Change> changed,
            @JsonProperty("needs_restart") Set<String> needsRestart) {}

    /** The old and new value of a setting; secrets are masked. */
    record Change(String from, String to) {}
}
