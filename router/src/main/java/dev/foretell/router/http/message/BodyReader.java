package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.edge.BodyRoom;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.IdleTimeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one request within a bound, with any content type. A body with too large an announced length is
 * refused without reading; if the caller sends it all the same, it is discarded. Used once, on the event loop.
 */
public final class BodyReader {
    private static final Consumer<Buffer> NOBODY = body -> {};

    private final HttpServerRequest request;
    private final int maxBytes;
    private final Consumer<Buffer> watcher;
    private final boolean untilLong;
    private final Promise<Buffer> done = Promise.promise();
    private final long announced;
    private final BodyRoom room;
    private @Nullable Buffer body;

    private BodyReader(HttpServerRequest request, int maxBytes, Consumer<Buffer> watcher) {
        this(request, maxBytes, watcher, false);
    }

    /** @param untilLong whether reading stops at the bound, instead of refusing a longer body */
    private BodyReader(HttpServerRequest request, int maxBytes, Consumer<Buffer> watcher, boolean untilLong) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.watcher = watcher;
        this.untilLong = untilLong;
        this.announced = contentLength(request);
        this.room = new BodyRoom(request, announced, maxBytes);
    }

    /**
     * The body of a call that is answered by its deadline. Fails like {@link #read(HttpServerRequest, int, Duration)}.
     */
    public static Future<Buffer> readByDeadline(
            HttpServerRequest request, int maxBytes, Duration longest, Deadline deadline, Deadlines deadlines) {
        return readByDeadline(request, maxBytes, longest, deadline, deadlines, NOBODY);
    }

    /**
     * The same.
     *
     * @param watcher called with the body so far each time more has arrived; it must not throw, and must not keep the
     *     buffer
     */
    public static Future<Buffer> readByDeadline(
            HttpServerRequest request,
            int maxBytes,
            Duration longest,
            Deadline deadline,
            Deadlines deadlines,
            Consumer<Buffer> watcher) {
        BodyReader reader = new BodyReader(request, maxBytes, watcher);
        boolean isDeadlineFirst = deadline.atNanos() - deadline.fromNanos() <= longest.toNanos();
        return isDeadlineFirst ? reader.start() : reader.startWithin(longest, deadlines);
    }

    /** The body of a call whose deadline nothing watches yet. Fails like {@link #read(HttpServerRequest, int, Duration)}. */
    public static Future<Buffer> readWithin(
            HttpServerRequest request, int maxBytes, Duration longest, Deadlines deadlines) {
        return new BodyReader(request, maxBytes, NOBODY).startWithin(longest, deadlines);
    }

    /**
     * The same for a body of unknown length: all of it, or its beginning if it is longer than {@code enough} bytes.
     * Then the request is paused, and the caller of this method reads the rest.
     */
    public static Future<Buffer> readUntilLong(
            HttpServerRequest request, int enough, Duration longest, Deadlines deadlines) {
        return new BodyReader(request, enough, NOBODY, true).startWithin(longest, deadlines);
    }

    /**
     * The body of a request that is no predict call. Fails with {@link FailureKind#PAYLOAD_TOO_LARGE},
     * {@link FailureKind#REQUEST_TIMEOUT}, {@link FailureKind#MALFORMED} if the body breaks off, or
     * {@link FailureKind#SHED} if there is no memory for it.
     */
    public static Future<Buffer> read(HttpServerRequest request, int maxBytes, Duration longest) {
        return new BodyReader(request, maxBytes, NOBODY)
                .start()
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        Future.failedFuture(failure instanceof TimeoutException ? Deadlines.bodyIsLate() : failure));
    }

    private Future<Buffer> startWithin(Duration longest, Deadlines deadlines) {
        Future<Buffer> body = start();
        if (!body.isComplete()) {
            IdleTimeout wait = deadlines.watch(longest, () -> done.tryFail(Deadlines.bodyIsLate()));
            body.onComplete(read -> wait.end());
        }
        return body;
    }

    private Future<Buffer> start() {
        request.handler(this::chunk).endHandler(v -> end()).exceptionHandler(this::onBreak);
        if (announced > maxBytes) {
            tooLarge();
        } else {
            goOn();
            if (!room.fitsAnnounced()) {
                noMemory();
            }
        }
        return done.future();
    }

    /** Also for a body that is only discarded, to notice that it arrives. */
    private void goOn() {
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void chunk(Buffer chunk) {
        if (done.future().isComplete()) {
            return;
        }
        Buffer before = body;
        int length = (before == null ? 0 : before.length()) + chunk.length();
        if (length > maxBytes && untilLong) {
            request.pause();
            done.complete(before == null ? chunk : before.appendBuffer(chunk));
        } else if (length > maxBytes) {
            body = null;
            tooLarge();
        } else if (!room.fits(length)) {
            body = null;
            noMemory();
        } else {
            body = before == null ? BodyText.inArray(chunk) : before.appendBuffer(chunk);
            watcher.accept(body);
        }
    }

    private void noMemory() {
        done.tryFail(new ServingException(
                FailureKind.SHED, "the bodies of all requests fill the router's memory for them; call again"));
    }

    private void tooLarge() {
        done.tryFail(new ServingException(
                FailureKind.PAYLOAD_TOO_LARGE, "the body is longer than " + maxBytes + " bytes, the maximum"));
    }

    private void end() {
        done.tryComplete(body == null ? Buffer.buffer() : body);
    }

    private void onBreak(Throwable cause) {
        done.tryFail(ServingException.of(cause, FailureKind.MALFORMED, "the body breaks off"));
    }
}
