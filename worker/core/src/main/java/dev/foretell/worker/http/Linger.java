package dev.foretell.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads on for a while after an answer that came before the end of the body, and throws away what it reads: closed at once,
 * the connection would be reset, and the client would never see the answer. Confined to the request's event loop.
 */
final class Linger {
    private static final long LONGEST_MS = 2_000;
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final long timer;
    private long dropped;

    private Linger(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
        this.timer = vertx.setTimer(LONGEST_MS, late -> close());
    }

    static void after(Vertx vertx, HttpServerRequest request) {
        Linger linger = new Linger(vertx, request);
        request.handler(linger::drop);
        request.endHandler(end -> linger.close());
        request.exceptionHandler(gone -> linger.close());
    }

    private void drop(Buffer chunk) {
        dropped += chunk.length();
        if (dropped > MOST_BYTES) {
            close();
        }
    }

    private void close() {
        vertx.cancelTimer(timer);
        request.connection().close();
    }
}
