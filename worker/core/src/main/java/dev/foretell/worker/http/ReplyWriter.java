package dev.foretell.worker.http;

import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;

/** Sends responses; while the worker drains, each one announces the end of its connection. */
final class ReplyWriter {
    private static final CharSequence JSON = HttpHeaders.createOptimized(Reply.JSON);

    private final Vertx vertx;
    private final FaultLog faults;
    private final BooleanSupplier draining;

    ReplyWriter(Vertx vertx, FaultLog faults, BooleanSupplier draining) {
        this.vertx = vertx;
        this.faults = faults;
        this.draining = draining;
    }

    /** The log of failing user code. */
    FaultLog faults() {
        return faults;
    }

    /** Sends the outcome of a call; completes when it is sent or the client has left. */
    Future<Void> finish(HttpServerRequest request, ServedFunction function, AsyncResult<Reply> done) {
        return done.succeeded() ? write(request, done.result()) : sendFailure(request, function, done.cause());
    }

    /** The call failed: by its function, or before the function ran. */
    Future<Void> sendFailure(HttpServerRequest request, ServedFunction function, Throwable failure) {
        Throwable explained = function.refusals().explain(failure);
        log(request, explained);
        return write(request, ErrorReply.ofFunction(explained));
    }

    /** The worker failed. */
    Future<Void> fail(HttpServerRequest request, Throwable failure) {
        log(request, failure);
        return write(request, ErrorReply.of(failure));
    }

    private void log(HttpServerRequest request, Throwable failure) {
        if (ErrorReply.isFault(failure) && !request.response().closed()) {
            faults.tell(request.path() + " failed", RequestName.of(request), failure);
        }
    }

    /** Logs a failure of a function's own byte stream; a client that leaves is not a failure. */
    private void logStream(HttpServerRequest request, Throwable broken) {
        if (broken instanceof StreamPump.UnreadableException unreadable) {
            faults.tell(request.path() + " failed during its response", RequestName.of(request), unreadable.why());
        }
    }

    Future<Void> write(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return StreamPump.discard(vertx, reply);
        }
        boolean isLast = draining.getAsBoolean() || (!request.isEnded() && LingeringClose.isLong(request));
        head(response, reply, isLast);
        Reply.Rest rest = reply.rest();
        if (rest != null) {
            return StreamPump.send(vertx, rest.stream(), response).onFailure(broken -> logStream(request, broken));
        }
        Future<Void> sent = response.end(reply.bytes());
        if (!request.isEnded()) {
            LingeringClose.after(vertx, request, isLast, sent);
        }
        return sent;
    }

    /** Starts a response with a body in pieces. */
    void begin(HttpServerRequest request, String mediaType) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .setChunked(true);
        if (draining.getAsBoolean()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Usually a constant with prepared bytes. */
    private static CharSequence mediaType(Reply reply) {
        return reply.mediaType().equals(Reply.JSON) ? JSON : reply.mediaType();
    }

    private void head(HttpServerResponse response, Reply reply, boolean isLast) {
        response.setStatusCode(reply.status()).putHeader(HttpHeaders.CONTENT_TYPE, mediaType(reply));
        if (!reply.headers().isEmpty()) {
            reply.headers().forEach(response::putHeader);
        }
        if (reply.ofFunction()) {
            response.putHeader(Headers.ERROR_OF, Headers.OF_FUNCTION);
        }
        Reply.Rest rest = reply.rest();
        if (rest != null && rest.length() >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(rest.length()));
        } else if (rest != null) {
            response.setChunked(true);
        }
        if (isLast) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
