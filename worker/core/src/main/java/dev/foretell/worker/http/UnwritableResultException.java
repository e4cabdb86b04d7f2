package dev.foretell.worker.http;

import java.io.IOException;

/** A function's result that cannot be sent. */
final class UnwritableResultException extends IOException {
    private static final long serialVersionUID = 1L;

    UnwritableResultException(String message) {
        super(message);
    }
}
