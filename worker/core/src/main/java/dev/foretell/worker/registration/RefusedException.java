package dev.foretell.worker.registration;

/** The router refuses this worker; the message says why. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message, null, false, false);
    }
}
