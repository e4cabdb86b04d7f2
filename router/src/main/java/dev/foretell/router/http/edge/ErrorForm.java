package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import java.util.Map;

/** How a dialect tells its callers what went wrong; written by {@link ProblemHandler} in place of its own form. */
public interface ErrorForm {
    String mediaType();

    /** What is written as JSON. */
    Object body(int status, Problem problem, ServingException failure);

    /** The status, where it is not ours. */
    default int status(int ours, ServingException failure) {
        return ours;
    }

    /** Headers that only this dialect has. */
    default Map<String, String> headers(Problem problem, ServingException failure) {
        return Map.of();
    }
}
