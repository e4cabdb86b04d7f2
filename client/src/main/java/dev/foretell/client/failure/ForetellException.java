package dev.foretell.client.failure;

import org.jspecify.annotations.Nullable;

/** A call that gave no result. Its subclasses say who gave up, and why. */
public abstract sealed class ForetellException extends RuntimeException
        permits ProblemException,
                RouterUnreachableException,
                CallTimeoutException,
                CallInterruptedException,
                UnreadableResponseException,
                BrokenStreamException {
    private static final long serialVersionUID = 1L;

    private final String requestId;

    ForetellException(String message, String requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.requestId = requestId;
    }

    /** The id of the call in the logs of routers and workers; empty where there is none. */
    public String requestId() {
        return requestId;
    }
}
