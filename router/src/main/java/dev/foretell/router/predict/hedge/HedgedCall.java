package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Recipient;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.Optional;

/** A call that may be at two workers at once. Confined to its event loop. */
public interface HedgedCall {
    EndpointPool pool();

    /** Cancels the call, wherever it is. */
    Cancellation cancellation();

    /** Sends it to the slot's worker; completes with its outcome. */
    Future<WorkerResponse> send(Slot slot, Recipient recipient);

    /** Whether it has had its hedge, or is one. */
    boolean isHedged();

    /** A slot for a hedge of the call; only once. */
    Optional<Slot> takeForHedge();

    /** Whether there is an untried worker. */
    boolean hasOther();

    /**
     * Like {@link #takeForHedge}, for a call with a silent worker. The number of such hedges per model is bounded, so
     * each one must end with the tally's {@code endSilenceHedge}.
     */
    default Optional<Slot> takeForSilenceHedge() {
        if (isHedged() || !pool().tally().beginSilenceHedge()) {
            return Optional.empty();
        }
        Optional<Slot> slot = takeForHedge();
        if (slot.isEmpty()) {
            pool().tally().withdrawSilenceHedge();
        }
        return slot;
    }
}
