package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.edge.BodyRoom;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Collects the body of one request, up to a limit. Confined to the request's event loop. */
final class BodyReader {
    private static final byte[] NOTHING = {};

    private final int limit;
    private final TimeoutWheel.Timeout timeout;
    private final BodyRoom room;
    private final Promise<byte[]> promise = Promise.promise();
    private @Nullable Buffer gathered;

    private BodyReader(TimeoutWheel timeouts, HttpServerRequest request, HttpConfig config) {
        this.limit = config.bodies().maxBodyBytes();
        this.room = room(request, limit);
        this.timeout = timeouts.in(config.bodies().bodyTimeout().toNanos(), () -> promise.tryFail(tooSlow()));
    }

    /**
     * Fails with {@link FailureKind#PAYLOAD_TOO_LARGE}, before reading if the announced length is too large, and with
     * {@link FailureKind#WORKERS_BUSY} if there is no memory for the body.
     */
    static Future<byte[]> read(TimeoutWheel timeouts, HttpServerRequest request, HttpConfig config) {
        BodyReader reader = new BodyReader(timeouts, request, config);
        request.handler(reader::take);
        request.endHandler(end -> reader.finish());
        request.exceptionHandler(reader::fail);
        if (!reader.room.fitsAnnounced()) {
            reader.fail(noRoom());
        }
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
        } else if (!room.fits((before == null ? 0 : before.length()) + chunk.length())) {
            gathered = null;
            promise.fail(noRoom());
        } else {
            gathered = before == null ? chunk.copy() : before.appendBuffer(chunk);
        }
    }

    private void fail(Throwable failure) {
        timeout.cancel();
        promise.tryFail(failure);
    }

    private void finish() {
        timeout.cancel();
        promise.tryComplete(gathered == null ? NOTHING : gathered.getBytes());
    }

    /** For a request with a valid announced length, if any. */
    static BodyRoom room(HttpServerRequest request, int limit) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return new BodyRoom(request, length == null ? 0 : Long.parseLong(length), limit);
    }

    static ServingException noRoom() {
        return new ServingException(
                FailureKind.WORKERS_BUSY, "the bodies of all requests fill the worker's memory for them; call again");
    }

    static ServingException tooSlow() {
        return new ServingException(FailureKind.REQUEST_TIMEOUT, "the body did not arrive in time");
    }

    static ServingException tooLarge(int limit) {
        return new ServingException(FailureKind.PAYLOAD_TOO_LARGE, "the body is larger than " + limit + " bytes");
    }
}
