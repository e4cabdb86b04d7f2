package dev.foretell.router.http.oip;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.ProblemHandler;
import dev.foretell.router.http.RequestId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as the protocol tells them: {@code {"error": "…"}} and a status; the code is in a header. */
final class OipFailures {
    private static final Logger LOG = LoggerFactory.getLogger(OipFailures.class);

    private OipFailures() {}

    /** What the protocol knows and we do not do. */
    static final class Unsupported extends ServingException {
        private static final long serialVersionUID = 1L;

        Unsupported(String detail) {
            super(FailureKind.INVALID_INPUT, detail);
        }
    }

    static void answer(HttpServerRequest request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        String requestId = RequestId.of(request);
        ServingException known = failure instanceof ServingException serving
                ? serving
                : new ServingException(FailureKind.INTERNAL, "an error of the router's own; it is in its log");
        if (known != failure) {
            LOG.error("Unexpected failure of {} {} ({})", request.method(), request.path(), requestId, failure);
        }
        boolean tooLarge = known.kind() == FailureKind.PAYLOAD_TOO_LARGE;
        if (tooLarge) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        ProblemHandler.retryAfter(known).ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER, wait));
        Future<Void> sent = response.setStatusCode(status(known))
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(Headers.REQUEST_ID, requestId)
                .putHeader(Headers.ERROR_CODE, code(known))
                .end(Buffer.buffer(Json.write(Map.of("error", known.detail()))));
        if (tooLarge) {
            sent.onComplete(done -> ProblemHandler.closeOnceRead(request));
        }
    }

    private static String code(ServingException failure) {
        return failure instanceof Unsupported
                ? "UNSUPPORTED"
                : Problem.of(failure.kind()).code();
    }

    /** As the protocol's first server has it: 400 for what is the caller's, 503 for what may pass, 500 for the rest. */
    private static int status(ServingException failure) {
        if (failure instanceof Unsupported) {
            return 501;
        }
        return switch (failure.kind()) {
            case MALFORMED, INVALID_INPUT, CONFLICT, UNSUPPORTED_MEDIA_TYPE -> 400;
            case SHED, QUEUE_FULL, NO_WORKER, WORKERS_BUSY, DEADLINE_EXCEEDED, DRAINING, STATE_STORE_UNAVAILABLE -> 503;
            case WORKER_FAILED, INTERNAL -> 500;
            default -> Problem.of(failure.kind()).status();
        };
    }
}
