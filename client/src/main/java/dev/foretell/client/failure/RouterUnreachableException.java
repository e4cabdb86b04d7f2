package dev.foretell.client.failure;

import org.jspecify.annotations.Nullable;

/** No router gave a response: none listens at the URLs, or the connection broke before the response was there. */
public final class RouterUnreachableException extends ForetellException {
    private static final long serialVersionUID = 1L;

    public RouterUnreachableException(String message, String requestId, @Nullable Throwable cause) {
        super(message, requestId, cause);
    }
}
