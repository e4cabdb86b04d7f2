package dev.foretell.router.http;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;

/** How a dialect tells its callers what went wrong; written by {@link ProblemHandler} in place of its own form. */
public interface ErrorForm {
    String mediaType();

    /** What is written as JSON. */
    Object body(int status, Problem problem, ServingException failure);
}
