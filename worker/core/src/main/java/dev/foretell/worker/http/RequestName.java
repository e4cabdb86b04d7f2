package dev.foretell.worker.http;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpServerRequest;

/** What a request is called in the log: as its caller, mostly a router, named it. */
final class RequestName {
    /** Of one that has no name, or none that is fit for a log. */
    static final String NONE = "-";

    private RequestName() {}

    /** {@link #NONE} where it has none. */
    static String of(HttpServerRequest request) {
        String given = request.getHeader(Headers.REQUEST_ID);
        return given != null && Names.isValid(given) ? given : NONE;
    }
}
