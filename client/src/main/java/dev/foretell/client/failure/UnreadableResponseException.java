package dev.foretell.client.failure;

import org.jspecify.annotations.Nullable;

/** The call succeeded, but its response does not fit the type that was asked for, or is larger than the client takes. */
public final class UnreadableResponseException extends ForetellException {
    private static final long serialVersionUID = 1L;

    public UnreadableResponseException(String message, String requestId, @Nullable Throwable cause) {
        super(message, requestId, cause);
    }
}
