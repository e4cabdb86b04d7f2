package dev.foretell.router.http;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;

/** How a dialect tells its callers what went wrong; written by {@link ProblemHandler} in place of its own form. */
public interface ErrorForm {
    /** Whether a URL is one of the dialect's, or would be if it were there. */
    boolean covers(String path);

    String mediaType();

    /** The status that the dialect has for it. */
    default int status(int usual) {
        return usual;
    }

    /** What is written as JSON. */
    Object body(int status, Problem problem, ServingException failure);
}
