package dev.foretell.router.predict.call;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.call.Cancellation;

/**
 * What goes with a call on its way. Confined to the call's event loop.
 *
 * @param trace where its way is written down
 */
public record CallContext(Deadline deadline, Cancellation cancellation, RouteTrace trace) {
    /** The same with its way written down there. */
    public CallContext with(RouteTrace other) {
        return other == trace ? this : new CallContext(deadline, cancellation, other);
    }

    /** Of a call of the router's own, which nobody wants explained. */
    public static CallContext own(Deadline deadline) {
        return new CallContext(deadline, new Cancellation(), RouteTrace.OFF);
    }
}
