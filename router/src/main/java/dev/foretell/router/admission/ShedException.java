package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** A call was shed because of load, before any work. */
public final class ShedException extends ServingException {
    private static final long serialVersionUID = 1L;

    private final int retryAfterSeconds;

    ShedException(FailureKind kind, String detail, int retryAfterSeconds) {
        super(kind, detail);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** After how many seconds there should be room again. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
