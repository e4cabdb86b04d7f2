package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import java.util.Map;

/** The error format of a dialect; {@link ProblemHandler} writes it in place of its own. */
public interface ErrorForm {
    String mediaType();

    /** The body, as a value to write as JSON. */
    Object body(int status, Problem problem, ServingException failure);

    /** The status, if it differs from ours. */
    default int status(int ours, ServingException failure) {
        return ours;
    }

    /** Additional headers of this dialect. */
    default Map<String, String> headers(Problem problem, ServingException failure) {
        return Map.of();
    }
}
