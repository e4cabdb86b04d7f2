package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall.Stuck;
import dev.foretell.router.upstream.WorkerCall.Waiting;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one copy of a call whose worker has fallen silent, at a worker that answers. The first answer counts; until then the
 * silent worker keeps the call. There is never a second copy. Confined to the call's event loop.
 */
final class SilenceCopy implements Stuck {
    private final Tries tries;
    private final CallAbort abort = new CallAbort();
    private @Nullable Future<WorkerAnswer> answer;

    SilenceCopy(Tries tries) {
        this.tries = tries;
    }

    @Override
    public void isSilent(Waiting call) {
        if (answer == null && tries.abort().reason() == null) {
            tries.takeForSilenceCopy().ifPresent(slot -> copy(call, slot));
        }
    }

    /** Where no other worker answers it is looked for again, as long as the call waits. */
    private void copy(Waiting call, Slot slot) {
        tries.abort().attempting(why -> {
            call.abort(why);
            abort.abort(why);
        });
        Future<WorkerAnswer> sent = tries.send(slot, abort);
        answer = sent;
        call.outcome().onSuccess(first -> abort.abort(Reason.OVERTAKEN));
        sent.onComplete(done -> tries.pool().tally().endCopy()).onSuccess(call::answeredElsewhere);
    }

    /** The copy's answer, while that is still to come; null where there is nothing to wait for. */
    @Nullable
    Future<WorkerAnswer> awaited() {
        Future<WorkerAnswer> sent = answer;
        return sent == null || sent.isComplete() ? null : sent;
    }
}
