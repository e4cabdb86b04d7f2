package dev.foretell.router.http.oip;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.edge.ErrorForm;
import java.util.Map;

/** The protocol's error format: {@code {"error": "…"}} and a status; a header has the code. */
final class OipErrors implements ErrorForm {
    private record ErrorBody(String error) {}

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Object body(int status, Problem problem, ServingException failure) {
        return new ErrorBody(failure.detail());
    }

    /** Like the protocol's reference server: 400 for the caller's errors, 503 for temporary ones, 500 for the rest. */
    @Override
    public int status(int ours, ServingException failure) {
        if (failure instanceof Unsupported) {
            return 501;
        }
        return switch (failure.kind()) {
            case MALFORMED, BAD_REQUEST, INVALID_INPUT, CONFLICT, UNSUPPORTED_MEDIA_TYPE -> 400;
            case SHED, QUEUE_FULL, NO_WORKER, WORKERS_BUSY, DEADLINE_EXCEEDED -> 503;
            case WORKER_FAILED, FUNCTION_FAILED -> 500;
            default -> ours;
        };
    }

    @Override
    public Map<String, String> headers(Problem problem, ServingException failure) {
        return Map.of(Headers.ERROR_CODE, failure instanceof Unsupported ? "UNSUPPORTED" : problem.code());
    }
}
