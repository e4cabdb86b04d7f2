package dev.foretell.commons.failure;

import org.jspecify.annotations.Nullable;

/**
 * The only exception of the domain: a {@link FailureKind} and a sentence for the caller. It has no stack trace, because
 * it is an expected outcome. Callers see the detail, so it never contains a cause's message, class or an internal
 * address.
 */
public class ServingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    public ServingException(FailureKind kind, String detail) {
        this(kind, detail, null);
    }

    public ServingException(FailureKind kind, String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.kind = kind;
    }

    /** The cause itself if it is a ServingException; otherwise a new one with this kind and detail. */
    public static ServingException of(@Nullable Throwable cause, FailureKind kind, String detail) {
        return cause instanceof ServingException known ? known : new ServingException(kind, detail, cause);
    }

    public FailureKind kind() {
        return kind;
    }

    /** The sentence for the caller. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
