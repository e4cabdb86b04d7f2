package dev.foretell.client.failure;

/**
 * The time of the call is over, and the router has not said so itself. Where it does, the failure is a {@link
 * ProblemException} of the kind {@link ProblemKind#DEADLINE_EXCEEDED}.
 */
public final class CallTimeoutException extends ForetellException {
    private static final long serialVersionUID = 1L;

    public CallTimeoutException(String message, String requestId) {
        super(message, requestId, null);
    }
}
