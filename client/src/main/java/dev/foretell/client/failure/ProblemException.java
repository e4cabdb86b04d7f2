package dev.foretell.client.failure;

import java.time.Duration;
import java.util.Optional;

/** A router answered with an error. */
public final class ProblemException extends ForetellException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** @param requestId of the call, where the problem has none */
    public ProblemException(Problem problem, String requestId) {
        super(words(problem), problem.requestId().isEmpty() ? requestId : problem.requestId(), null);
        this.problem = problem;
    }

    private static String words(Problem problem) {
        String code = problem.code().isEmpty() ? "" : " " + problem.code();
        return problem.detail() + " (HTTP " + problem.status() + code + ")";
    }

    public ProblemKind kind() {
        return problem.kind();
    }

    /** The HTTP status. */
    public int status() {
        return problem.status();
    }

    /** The router's own sentence. */
    public String detail() {
        return problem.detail();
    }

    /** Whether the same call may succeed later. */
    public boolean isRetryable() {
        return problem.retryable();
    }

    /** How long the router asks to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(problem.retryAfter());
    }
}
