package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Caller;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.Optional;

/** A call that may be at two workers at once. Confined to its event loop. */
public interface CopiedCall {
    EndpointPool pool();

    /** Breaks off the call, wherever it is. */
    Cancellation cancellation();

    /** Sends it to the slot's worker, for as long as that takes. */
    Future<WorkerResponse> send(Slot slot, Caller caller);

    /** Whether it has had its copy, or is one. */
    boolean isCopied();

    /** A slot for a copy of the call: once. */
    Optional<Slot> takeForCopy();

    /** Whether there is a worker that was not tried. */
    boolean hasOther();

    /**
     * The same as {@link #takeForCopy} where the call's worker has fallen silent: the copies of a model that are under way at once are
     * bounded, so each is to be followed by the tally's {@code endCopy}.
     */
    default Optional<Slot> takeForSilenceCopy() {
        if (isCopied() || !pool().tally().beginCopy()) {
            return Optional.empty();
        }
        Optional<Slot> slot = takeForCopy();
        if (slot.isEmpty()) {
            pool().tally().withdrawCopy();
        }
        return slot;
    }
}
