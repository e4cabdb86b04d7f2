package dev.foretell.worker.http;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpServerRequest;

/** The id of a request in the log, chosen by its caller, usually a router. */
final class RequestName {
    /** For a request without an id, or with an invalid one. */
    static final String NONE = "-";

    private RequestName() {}

    /** {@link #NONE} without an id. */
    static String of(HttpServerRequest request) {
        String given = request.getHeader(Headers.REQUEST_ID);
        return given != null && Names.isValid(given) ? given : NONE;
    }
}
