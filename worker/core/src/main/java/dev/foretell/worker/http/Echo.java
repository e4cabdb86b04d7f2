package dev.foretell.worker.http;

import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Repeats the token that shows which request a response belongs to. Routers send several requests on one connection
 * only to workers that do this.
 */
final class Echo {
    private static final CharSequence NAME = HttpHeaders.createOptimized(Headers.ECHO);
    private static final int MAX = 64;

    private Echo() {}

    /** Call it before any response. */
    static void prepare(HttpServerRequest request) {
        String token = request.headers().get(NAME);
        if (token != null && token.length() <= MAX) {
            request.response().putHeader(NAME, token);
        }
    }
}
