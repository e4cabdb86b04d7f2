package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.edge.UnreadableHead;
import dev.foretell.router.http.edge.ProblemBody.RequestName;
import dev.foretell.router.predict.call.PredictFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that turns a failure into an HTTP response: {@code application/problem+json} (RFC 9457), or the format
 * of a dialect. Thread-safe.
 */
public final class ProblemHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final long MAX_SECONDS_READ_ON = 5;

    private final @Nullable ErrorForm form;

    public ProblemHandler() {
        this.form = null;
    }

    /** A handler for a dialect. */
    public ProblemHandler(ErrorForm form) {
        this.form = form;
    }

    /**
     * Answers with a failure, unless the caller has left or already has a response. Completes when the response is
     * sent.
     */
    public Future<Void> answer(HttpServerRequest request, Throwable failure) {
        return answer(request, failure, null);
    }

    /** The same, with the trace of the call. */
    public Future<Void> answer(HttpServerRequest request, Throwable failure, @Nullable Object route) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return Future.succeededFuture();
        }
        ServingException known = failure instanceof ServingException serving
                ? serving
                : new ServingException(
                        FailureKind.INTERNAL, "an internal error of the router; its log has the" + " details");
        Problem problem = Problem.of(known.kind());
        String requestId = RequestId.of(request);
        if (known != failure) {
            LOG.atError()
                    .addKeyValue(Headers.LOGGED_REQUEST_ID, requestId)
                    .setCause(failure)
                    .log("Unexpected failure of {} {} ({})", request.method(), request.path(), requestId);
        }
        if (breaksOff(known.kind()) || known.kind() == FailureKind.DRAINING) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        retryAfter(known).ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, seconds));
        if (known instanceof PredictFailure predict && predict.isBudgetExhausted()) {
            response.putHeader(Headers.ROUTER_RETRY, "budget-exhausted");
        }
        int ours =
                known instanceof PredictFailure predict && predict.status() > 0 ? predict.status() : problem.status();
        int status = form == null ? ours : form.status(ours, known);
        response.putHeader(Headers.REQUEST_ID, requestId);
        Future<Void> sent = form != null
                ? end(response, form, status, problem, known)
                : response.setStatusCode(status)
                        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                        .end(Buffer.buffer(Json.write(ProblemBody.of(
                                problem, status, known, new RequestName(request.path(), requestId), route))));
        if (breaksOff(known.kind())) {
            sent.onComplete(done -> close(request, known.kind()));
        }
        return sent;
    }

    /** Whether the connection must close after this failure. */
    private static boolean breaksOff(FailureKind kind) {
        return kind == FailureKind.PAYLOAD_TOO_LARGE
                || kind == FailureKind.REQUEST_TIMEOUT
                || kind == FailureKind.BAD_REQUEST;
    }

    private static void close(HttpServerRequest request, FailureKind kind) {
        if (kind == FailureKind.REQUEST_TIMEOUT) {
            request.connection().close();
        } else {
            closeOnceRead(request);
        }
    }

    private static Future<Void> end(
            HttpServerResponse response, ErrorForm form, int status, Problem problem, ServingException failure) {
        form.headers(problem, failure).forEach((name, value) -> response.putHeader(name, value));
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, form.mediaType())
                .end(Buffer.buffer(Json.writeSpaced(form.body(status, problem, failure))));
    }

    /** Answers a request with an unreadable head; the connection closes afterwards. */
    public void answerUnreadable(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        answer(request, UnreadableHead.explain(request.decoderResult().cause()))
                .onComplete(done -> request.connection().close());
    }

    /** Closes the connection after the caller has finished sending; an earlier close could destroy the response. */
    private static void closeOnceRead(HttpServerRequest request) {
        (request.isEnded() ? Future.<Void>succeededFuture() : request.end())
                .timeout(MAX_SECONDS_READ_ON, TimeUnit.SECONDS)
                .onComplete(read -> request.connection().close());
    }

    /** The value of Retry-After in seconds; a worker's own value has precedence. */
    private static Optional<String> retryAfter(ServingException failure) {
        if (failure instanceof PredictFailure predict && predict.retryAfter() != null) {
            return Optional.of(predict.retryAfter());
        }
        return switch (failure.kind()) {
            case SHED, QUEUE_FULL, WORKERS_BUSY, QUORUM_MISSED, STARTING, DRAINING -> Optional.of("1");
            case TOO_MANY_STREAMS -> Optional.of("10");
            case NO_WORKER -> Optional.of("2");
            case STATE_STORE_UNAVAILABLE -> Optional.of("5");
            default -> Optional.empty();
        };
    }
}
