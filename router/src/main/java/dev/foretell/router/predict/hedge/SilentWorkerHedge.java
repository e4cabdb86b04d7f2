package dev.foretell.router.predict.hedge;

import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Stuck;
import dev.foretell.router.upstream.call.WorkerCall.Waiting;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one copy of a call whose worker has fallen silent, at a worker that answers. The first answer counts; until then the
 * silent worker keeps the call. There is never a second copy. Confined to the call's event loop.
 */
public final class SilentWorkerHedge implements Stuck {
    private final AttemptHistory tries;
    private final Cancellation cancellation = new Cancellation();
    private @Nullable Future<WorkerResponse> response;

    public SilentWorkerHedge(AttemptHistory tries) {
        this.tries = tries;
    }

    @Override
    public void isSilent(Waiting call) {
        if (response == null && tries.abort().reason() == null) {
            tries.takeForSilenceCopy().ifPresent(slot -> copy(call, slot));
        }
    }

    /** Where no other worker answers it is looked for again, as long as the call waits. */
    private void copy(Waiting call, Slot slot) {
        tries.abort().onAbort(why -> {
            call.abort(why);
            cancellation.abort(why);
        });
        Future<WorkerResponse> sent = tries.send(slot, cancellation);
        response = sent;
        call.outcome().onSuccess(first -> cancellation.abort(Reason.OVERTAKEN));
        sent.onComplete(done -> tries.pool().tally().endCopy()).onSuccess(call::completeFromElsewhere);
    }

    /** The copy's answer, while that is still to come; null where there is nothing to wait for. */
    public @Nullable Future<WorkerResponse> outcome() {
        Future<WorkerResponse> sent = response;
        return sent == null || sent.isComplete() ? null : sent;
    }
}
