package dev.foretell.router.http.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.IdleTimeout;
import dev.foretell.router.upstream.call.Upload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request on its way to a worker: read no faster than the worker takes it, and up to a bound. Nothing
 * is read before a worker has been found. Used once, on the event loop.
 */
final class UploadedBody implements Upload {
    private static final long MAX_SECONDS_READ_ON = 5;

    private final HttpServerRequest request;
    private final Deadlines deadlines;
    private final Duration longestSilence;
    private final long length;
    private final long maxBytes;
    private final @Nullable Buffer beginning;
    private final Promise<Void> failure = Promise.promise();
    private @Nullable Taker taker;
    private @Nullable IdleTimeout silence;
    private long read;
    private boolean held;
    private boolean ended;

    /** @param beginning the part that has already been read; null if there is none */
    UploadedBody(
            HttpServerRequest request,
            Deadlines deadlines,
            HttpConfig config,
            long length,
            @Nullable Buffer beginning) {
        this.beginning = beginning;
        this.request = request;
        this.deadlines = deadlines;
        this.longestSilence = config.bodies().bodyTimeout();
        this.length = length;
        this.maxBytes = config.bodies().maxStreamBytes();
        request.pause();
    }

    /** Fails if the body is too long, breaks off, or does not arrive in time; otherwise never completes. */
    Future<Void> failure() {
        return failure.future();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isBegun() {
        return taker != null;
    }

    @Override
    public boolean awaitsCaller() {
        return taker != null && !ended && !held;
    }

    /** Why the call failed. A fault of its body has precedence, because the cancellation only follows from it. */
    Throwable explain(Throwable why) {
        if (failure.future().failed()) {
            return failure.future().cause();
        }
        boolean isLate = why instanceof ServingException known && known.kind() == FailureKind.DEADLINE_EXCEEDED;
        return isLate && awaitsCaller() ? Deadlines.bodyIsBehindDeadline() : why;
    }

    @Override
    public void sendTo(Taker worker) {
        taker = worker;
        worker.onRoom(this::goOn);
        silence = deadlines.watch(longestSilence, this::fellSilent);
        request.handler(piece -> pass(piece, worker))
                .endHandler(all -> end(worker))
                .exceptionHandler(this::onBreak);
        if (beginning != null) {
            pass(beginning, worker);
        } else if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        if (!held) {
            request.resume();
        }
    }

    private void pass(Buffer piece, Taker worker) {
        read += piece.length();
        onData();
        if (read > maxBytes) {
            failure.tryFail(tooLarge(maxBytes));
        } else if (!worker.take(piece)) {
            held = true;
            request.pause();
        }
    }

    private void goOn() {
        if (held) {
            held = false;
            onData();
            request.resume();
        }
    }

    private void onData() {
        if (silence != null) {
            silence.reset();
        }
    }

    private void end(Taker worker) {
        ended = true;
        endSilence();
        worker.end();
    }

    private void endSilence() {
        if (silence != null) {
            silence.end();
        }
    }

    private void onBreak(Throwable cause) {
        failure.tryFail(ServingException.of(cause, FailureKind.MALFORMED, "the body breaks off"));
    }

    /** While the body is paused, the caller is not at fault; the call's deadline then bounds it. */
    private void fellSilent() {
        if (held) {
            silence = deadlines.watch(longestSilence, this::fellSilent);
        } else {
            failure.tryFail(Deadlines.bodyIsLate());
        }
    }

    /** The call has its response. If the body has not ended, its rest is discarded, within bounds. */
    void discardRest() {
        endSilence();
        held = false;
        if (ended || request.response().closed() || request.response().headWritten()) {
            return;
        }
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        request.handler(piece -> {}).endHandler(end -> {}).exceptionHandler(gone -> {});
        request.resume();
        request.end()
                .timeout(MAX_SECONDS_READ_ON, TimeUnit.SECONDS)
                .onComplete(done -> request.connection().close());
    }

    static ServingException tooLarge(long maxBytes) {
        return new ServingException(
                FailureKind.PAYLOAD_TOO_LARGE, "the body is longer than " + maxBytes + " bytes, the maximum");
    }
}
