package dev.foretell.commons.failure;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of the domain: a {@link FailureKind} and a sentence for the caller. It carries no stack trace: it is
 * an answer, not a bug. The detail is shown to callers, so it never holds a cause's message, class or internal address.
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

    /** A cause that says of itself what it is; else one of this kind, for this reason. */
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
