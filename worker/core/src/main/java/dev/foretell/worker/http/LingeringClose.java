package dev.foretell.worker.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads and discards the rest of a body for a while after an early response. An immediate close would reset the
 * connection, and the client would never see the response. Confined to the request's event loop.
 */
final class LingeringClose {
    private static final long MAX_MS = 5_000;
    private static final long SHORT_BYTES = 64L * 1024;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final boolean isLast;
    private final Future<Void> sent;
    private final long timer;
    private long dropped;

    private LingeringClose(Vertx vertx, HttpServerRequest request, boolean isLast, Future<Void> sent) {
        this.vertx = vertx;
        this.request = request;
        this.isLast = isLast;
        this.sent = sent;
        this.timer = vertx.setTimer(MAX_MS, late -> close());
    }

    /** Whether the rest of the body is, or may be, too long to read just to keep the connection. */
    static boolean isLong(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : length.length() > 9 || Long.parseLong(length) > SHORT_BYTES;
    }

    /**
     * @param isLast whether the connection ends with this request, even if its body ends
     * @param sent completes when the response has been sent; an earlier close may lose it
     */
    static void after(Vertx vertx, HttpServerRequest request, boolean isLast, Future<Void> sent) {
        LingeringClose linger = new LingeringClose(vertx, request, isLast, sent);
        request.handler(linger::drop);
        request.endHandler(end -> linger.end());
        request.exceptionHandler(gone -> linger.close());
    }

    private void drop(Buffer chunk) {
        dropped += chunk.length();
        if (dropped > MAX_BYTES) {
            close();
        }
    }

    private void end() {
        if (isLast) {
            sent.onComplete(done -> close());
        } else {
            vertx.cancelTimer(timer);
        }
    }

    private void close() {
        vertx.cancelTimer(timer);
        request.connection().close();
    }
}
