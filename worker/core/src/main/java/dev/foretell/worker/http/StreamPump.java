package dev.foretell.worker.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Sends a stream in chunks: it reads one chunk, outside the event loop, when the previous one has been sent. The stream
 * is closed at the end in any case.
 */
final class StreamPump {
    private static final int CHUNK = 64 * 1024;

    /** The stream failed, not the client. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Throwable why;

        private UnreadableException(Throwable why) {
            super(why);
            this.why = why;
        }

        Throwable why() {
            return why;
        }
    }

    private final Vertx vertx;
    private final InputStream stream;
    private final HttpServerResponse response;
    private final Promise<Void> done = Promise.promise();

    private StreamPump(Vertx vertx, InputStream stream, HttpServerResponse response) {
        this.vertx = vertx;
        this.stream = stream;
        this.response = response;
    }

    static Future<Void> send(Vertx vertx, InputStream stream, HttpServerResponse response) {
        StreamPump pump = new StreamPump(vertx, stream, response);
        response.exceptionHandler(pump.done::tryFail);
        response.closeHandler(gone -> pump.done.tryFail("the client has left"));
        pump.next();
        return pump.done.future().eventually(() -> close(vertx, stream));
    }

    /** Closes the stream of a response that nobody waits for. */
    static Future<Void> discard(Vertx vertx, Reply reply) {
        Reply.Rest rest = reply.rest();
        return rest == null ? Future.succeededFuture() : close(vertx, rest.stream());
    }

    private void next() {
        if (done.future().isComplete()) {
            return;
        }
        vertx.executeBlocking(this::read, false).onSuccess(this::write).onFailure(this::abort);
    }

    private Buffer read() throws IOException {
        return Buffer.buffer(stream.readNBytes(CHUNK));
    }

    private void write(Buffer chunk) {
        if (chunk.length() == 0) {
            response.end().onSuccess(done::tryComplete).onFailure(done::tryFail);
        } else {
            response.write(chunk).onSuccess(written -> next()).onFailure(done::tryFail);
        }
    }

    /** The status has been sent, so closing the connection is the only way to signal the failure. */
    private void abort(Throwable failure) {
        done.tryFail(new UnreadableException(failure));
        response.reset();
    }

    private static Future<Void> close(Vertx vertx, InputStream stream) {
        return vertx.executeBlocking(
                () -> {
                    stream.close();
                    return null;
                },
                false);
    }
}
