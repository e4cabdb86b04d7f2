package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Gathers one request's body, up to the limit. Confined to the request's event loop. */
final class BodyReader {
    private static final byte[] NOTHING = {};

    private final Vertx vertx;
    private final int limit;
    private final long timer;
    private final Promise<byte[]> promise = Promise.promise();
    private @Nullable Buffer gathered;

    private BodyReader(Vertx vertx, HttpConfig config) {
        this.vertx = vertx;
        this.limit = config.maxBodyBytes();
        this.timer = vertx.setTimer(config.bodyTimeout().toMillis(), late -> promise.tryFail(tooSlow()));
    }

    /** Fails with {@link FailureKind#PAYLOAD_TOO_LARGE} as soon as the body is known to be, before it is read. */
    static Future<byte[]> read(Vertx vertx, HttpServerRequest request, HttpConfig config) {
        BodyReader reader = new BodyReader(vertx, config);
        request.handler(reader::take);
        request.endHandler(end -> reader.finish());
        request.exceptionHandler(reader.promise::tryFail);
        return reader.promise.future();
    }

    private void take(Buffer chunk) {
        if (promise.future().isComplete()) {
            return;
        }
        Buffer before = gathered;
        if ((before == null ? 0L : before.length()) + chunk.length() > limit) {
            gathered = null;
            promise.fail(tooLarge(limit));
        } else {
            gathered = before == null ? chunk.copy() : before.appendBuffer(chunk);
        }
    }

    private void finish() {
        vertx.cancelTimer(timer);
        promise.tryComplete(gathered == null ? NOTHING : gathered.getBytes());
    }

    static ServingException tooSlow() {
        return new ServingException(FailureKind.MALFORMED, "the body did not arrive in time");
    }

    static ServingException tooLarge(int limit) {
        return new ServingException(FailureKind.PAYLOAD_TOO_LARGE, "the body is larger than " + limit + " bytes");
    }
}
