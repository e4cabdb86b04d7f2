package dev.foretell.router.http.oip;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** A feature of the protocol that is not supported. */
final class Unsupported extends ServingException {
    private static final long serialVersionUID = 1L;

    Unsupported(String detail) {
        super(FailureKind.INVALID_INPUT, detail);
    }
}
