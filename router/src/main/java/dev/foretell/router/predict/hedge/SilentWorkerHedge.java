package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Waiting;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one copy of a call whose worker has fallen silent, at a worker that answers. The first answer counts; until then the
 * silent worker keeps the call. There is never a second copy. Confined to the call's event loop.
 */
public final class SilentWorkerHedge {
    private final CopiedCall call;
    private final Cancellation cancellation = new Cancellation();
    private @Nullable Future<WorkerResponse> response;

    public SilentWorkerHedge(CopiedCall call) {
        this.call = call;
    }

    /** The call waits at a worker that answers nothing. */
    public void isSilent(Waiting first) {
        if (response == null && call.cancellation().reason() == null) {
            call.takeForSilenceCopy().ifPresent(slot -> copy(first, slot));
        }
    }

    /** Where no other worker answers it is looked for again, as long as the call waits. */
    private void copy(Waiting first, Slot slot) {
        call.cancellation().onAbort(why -> {
            first.abort(why);
            cancellation.abort(why);
        });
        Future<WorkerResponse> sent = call.send(slot, () -> cancellation);
        response = sent;
        first.outcome().onSuccess(done -> cancellation.abort(Reason.OVERTAKEN));
        sent.onComplete(done -> call.pool().tally().endCopy()).onSuccess(first::completeFromElsewhere);
    }

    /** The copy's answer, while that is still to come; null where there is nothing to wait for. */
    public @Nullable Future<WorkerResponse> outcome() {
        Future<WorkerResponse> sent = response;
        return sent == null || sent.isComplete() ? null : sent;
    }
}
