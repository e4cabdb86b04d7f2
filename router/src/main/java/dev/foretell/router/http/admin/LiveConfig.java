package dev.foretell.router.http.admin;

import io.vertx.core.Future;
import java.util.Map;

/** The settings of the whole router, as they are now. */
public interface LiveConfig {
    /** Each by its dotted key, secrets masked. */
    Map<String, String> view();

    /**
     * Reads them again and goes by what may change; says what did, and what needs a restart. Fails with
     * {@link dev.foretell.commons.failure.FailureKind#INVALID_INPUT} naming every problem; then nothing has changed.
     */
    Future<Map<String, Object>> reload();
}
