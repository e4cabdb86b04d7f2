package dev.foretell.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** Tells the consumer of a body that the body does not match its head. */
public final class UnreadableBody extends ServingException {
    private static final long serialVersionUID = 1L;

    UnreadableBody(String fault) {
        super(FailureKind.MALFORMED, fault);
    }
}
