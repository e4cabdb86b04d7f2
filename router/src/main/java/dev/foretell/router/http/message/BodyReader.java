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
 * Reads one request's body within a bound, whatever its content type says. One that is announced too long is refused
 * without reading it; what a caller sends of it all the same is thrown away. Used once, on the event loop.
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

    /** @param untilLong whether what is too long is not refused, but no longer read here */
    private BodyReader(HttpServerRequest request, int maxBytes, Consumer<Buffer> watcher, boolean untilLong) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.watcher = watcher;
        this.untilLong = untilLong;
        this.announced = contentLength(request);
        this.room = new BodyRoom(request, announced, maxBytes);
    }

    /**
     * The body of a call that has a deadline, which bounds the wait as well. Fails as {@link #read(HttpServerRequest, int)}, or
     * with {@link FailureKind#REQUEST_TIMEOUT}.
     */
    public static Future<Buffer> read(
            HttpServerRequest request, int maxBytes, Duration longest, Deadline deadline, Deadlines deadlines) {
        return read(request, maxBytes, longest, deadline, deadlines, NOBODY);
    }

    /**
     * The same.
     *
     * @param watcher is given what has come in so far each time that more has; it throws nothing, and keeps nothing of it
     */
    public static Future<Buffer> read(
            HttpServerRequest request,
            int maxBytes,
            Duration longest,
            Deadline deadline,
            Deadlines deadlines,
            Consumer<Buffer> watcher) {
        return new BodyReader(request, maxBytes, watcher).by(deadline, longest, deadlines);
    }

    /**
     * The body of a call whose length is not known, and whose deadline nobody watches yet: all of it, or, where that is more than so
     * many bytes, its beginning; then the request is paused, and whoever asked goes on with it.
     */
    public static Future<Buffer> readUntilLong(
            HttpServerRequest request, int enough, Duration longest, Deadlines deadlines) {
        return new BodyReader(request, enough, NOBODY, true).within(longest, deadlines);
    }

    private Future<Buffer> by(Deadline deadline, Duration longest, Deadlines deadlines) {
        return deadline.atNanos() - deadline.fromNanos() > longest.toNanos() ? within(longest, deadlines) : start();
    }

    /** The same of a call whose deadline nobody watches yet. */
    public static Future<Buffer> read(HttpServerRequest request, int maxBytes, Duration longest, Deadlines deadlines) {
        return new BodyReader(request, maxBytes, NOBODY).within(longest, deadlines);
    }

    private Future<Buffer> within(Duration longest, Deadlines deadlines) {
        Future<Buffer> body = start();
        if (!body.isComplete()) {
            IdleTimeout wait = deadlines.watch(longest, () -> done.tryFail(Deadlines.bodyIsLate()));
            body.onComplete(read -> wait.end());
        }
        return body;
    }

    /** The same of any other request. */
    public static Future<Buffer> read(HttpServerRequest request, int maxBytes, Duration longest) {
        return read(request, maxBytes)
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        Future.failedFuture(failure instanceof TimeoutException ? Deadlines.bodyIsLate() : failure));
    }

    /** Fails with {@link FailureKind#PAYLOAD_TOO_LARGE}, or {@link FailureKind#MALFORMED} for a body that breaks off. */
    public static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
        return new BodyReader(request, maxBytes, NOBODY).start();
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

    /** Also where the body is only thrown away: else nobody knew whether it comes. */
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
                FailureKind.SHED, "the router holds as many bytes of bodies as its memory lets it; call again"));
    }

    private void tooLarge() {
        done.tryFail(new ServingException(
                FailureKind.PAYLOAD_TOO_LARGE,
                "the body is longer than " + maxBytes + " bytes, the most that is taken"));
    }

    private void end() {
        done.tryComplete(body == null ? Buffer.buffer() : body);
    }

    private void onBreak(Throwable cause) {
        done.tryFail(ServingException.of(cause, FailureKind.MALFORMED, "the body breaks off"));
    }
}
