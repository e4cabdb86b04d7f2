package dev.foretell.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** Tells the reader of a body that it is not what its head says. */
public final class UnreadableBody extends ServingException {
    private static final long serialVersionUID = 1L;

    UnreadableBody(String fault) {
        super(FailureKind.MALFORMED, fault);
    }
}
