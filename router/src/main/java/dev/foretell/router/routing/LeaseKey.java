package dev.foretell.router.routing;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;

/** The registration of one worker for one model: the key of a lease. */
public record LeaseKey(ModelKey model, WorkerId worker) {
    /** {@code AI/fib/localhost-9001-0}. */
    @Override
    public String toString() {
        return model + "/" + worker;
    }
}
