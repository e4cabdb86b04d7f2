package dev.foretell.router.routing;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;

/** One worker's registration for one model: what a lease is held on. */
public record LeaseKey(ModelKey model, WorkerId worker) {
    /** {@code AI/fib/localhost-9001-0}. */
    @Override
    public String toString() {
        return model + "/" + worker;
    }
}
