package dev.foretell.router.http.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.predict.call.WorkerRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code application/problem+json} (RFC 9457), with our additional members.
 *
 * @param call omitted if the failure does not belong to a predict call
 * @param route the trace of the call, if its caller requested it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemBody(
        @JsonUnwrapped Standard standard,
        String code,
        String requestId,
        @JsonUnwrapped @Nullable Call call,
        boolean retryable,
        @Nullable Object route) {
    /** The members that the RFC defines. */
    record Standard(String type, String title, int status, String detail, String instance) {}

    /** @param tries the number of workers that were tried */
    record Call(String model, int tries) {
        static @Nullable Call of(ServingException failure) {
            return failure instanceof PredictFailure predict ? new Call(predict.model(), predict.tries()) : null;
        }
    }

    static ProblemBody of(
            Problem problem, int status, ServingException failure, RequestName request, @Nullable Object route) {
        return new ProblemBody(
                new Standard(
                        problem.type(), title(problem, status, failure), status, failure.detail(), request.instance()),
                problem.code(),
                request.id(),
                Call.of(failure),
                problem.retryable(),
                route);
    }

    /** A function that refuses a call chooses the status itself. */
    private static String title(Problem problem, int status, ServingException failure) {
        if (!(failure instanceof WorkerRefusal)) {
            return problem.title();
        }
        return switch (status) {
            case 400 -> Problem.of(FailureKind.MALFORMED).title();
            case 422 -> Problem.of(FailureKind.INVALID_INPUT).title();
            default -> "The model refuses the call";
        };
    }

    /**
     * Identifies the request of a problem.
     *
     * @param path null if the head of the request could not be read
     */
    record RequestName(@Nullable String path, String id) {
        String instance() {
            return path == null ? "" : path;
        }
    }
}
