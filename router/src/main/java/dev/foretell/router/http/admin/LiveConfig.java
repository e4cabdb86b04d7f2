package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** The settings of the whole router, as they are now. */
public interface LiveConfig {
    /** Each by its dotted key, secrets masked. */
    Map<String, String> view();

    /**
     * Reads them again and goes by what may change; says what did, and what needs a restart. Fails with
     * {@link dev.foretell.commons.failure.FailureKind#INVALID_INPUT} naming every problem; then nothing has changed.
     */
    Future<Reload> reload();

    /**
     * What came of reading the settings again.
     *
     * @param changed what holds from now on, by key
     * @param needsRestart keys of settings that differ and hold once the router is started again
     */
    record Reload(
            Map<String, Change> changed,
            @JsonProperty("needs_restart") Set<String> needsRestart) {}

    /** A setting's value before and after, masked where it is secret. */
    record Change(String from, String to) {}
}
