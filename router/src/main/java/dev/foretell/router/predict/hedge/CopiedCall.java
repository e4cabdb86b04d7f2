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

    /** Cancels the call, wherever it is. */
    Cancellation cancellation();

    /** Sends it to the slot's worker; completes with its outcome. */
    Future<WorkerResponse> send(Slot slot, Caller caller);

    /** Whether it has had its copy, or is one. */
    boolean isCopied();

    /** A slot for a copy of the call; only once. */
    Optional<Slot> takeForCopy();

    /** Whether there is an untried worker. */
    boolean hasOther();

    /**
     * Like {@link #takeForCopy}, for a call with a silent worker. The number of such copies per model is bounded, so
     * each one must end with the tally's {@code endCopy}.
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
