package dev.foretell.router.store.embedded;

import org.jspecify.annotations.Nullable;

/** The state store cannot start; the message explains the problem and the way out. */
public final class StoreStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreStartException(String message) {
        this(message, null);
    }

    public StoreStartException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
