package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Waiting;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one hedge of a call with a silent worker, at a worker that responds. The first response counts; until then the
 * silent worker keeps the call. Confined to the call's event loop.
 */
public final class SilentWorkerHedge {
    private final HedgedCall call;
    private final Cancellation cancellation = new Cancellation();
    private @Nullable Future<WorkerResponse> response;

    public SilentWorkerHedge(HedgedCall call) {
        this.call = call;
    }

    /** The call waits at a silent worker. */
    public void onSilence(Waiting first) {
        if (response == null && call.cancellation().reason() == null) {
            call.takeForSilenceHedge().ifPresent(slot -> hedge(first, slot));
        }
    }

    /** If no other worker responds, it looks again for one while the call waits. */
    private void hedge(Waiting first, Slot slot) {
        call.cancellation().onAbort(why -> {
            first.abort(why);
            cancellation.abort(why);
        });
        Future<WorkerResponse> sent = call.send(slot, () -> cancellation);
        response = sent;
        first.outcome().onSuccess(done -> cancellation.abort(Reason.OVERTAKEN));
        sent.onComplete(done -> call.pool().tally().endSilenceHedge()).onSuccess(first::completeFromElsewhere);
    }

    /** The pending response of the hedge; null if there is none. */
    public @Nullable Future<WorkerResponse> outcome() {
        Future<WorkerResponse> sent = response;
        return sent == null || sent.isComplete() ? null : sent;
    }
}
