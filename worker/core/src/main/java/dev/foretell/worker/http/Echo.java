package dev.foretell.worker.http;

import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Repeats what shows to which request an answer is: routers send several on one connection only where they get that back. */
final class Echo {
    private static final CharSequence NAME = HttpHeaders.createOptimized(Headers.ECHO);
    private static final int MAX = 64;

    private Echo() {}

    /** To be said before anything can be answered. */
    static void prepare(HttpServerRequest request) {
        String token = request.headers().get(NAME);
        if (token != null && token.length() <= MAX) {
            request.response().putHeader(NAME, token);
        }
    }
}
