package dev.foretell.client.failure;

import org.jspecify.annotations.Nullable;

/** A stream ended early; the items before it are valid. Its message is the function's own where it sent one. */
public final class BrokenStreamException extends ForetellException {
    private static final long serialVersionUID = 1L;

    public BrokenStreamException(String message, String requestId, @Nullable Throwable cause) {
        super(message, requestId, cause);
    }
}
