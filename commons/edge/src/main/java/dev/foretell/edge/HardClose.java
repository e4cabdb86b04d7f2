package dev.foretell.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Closes a connection at once, even if its client reads nothing; an ordinary close waits until everything is written.
 */
public final class HardClose {
    private HardClose() {}

    public static void of(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2
                && request.connection() instanceof HttpServerConnection connection) {
            connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }
}
