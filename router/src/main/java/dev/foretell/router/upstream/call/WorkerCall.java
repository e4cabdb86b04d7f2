package dev.foretell.router.upstream.call;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a worker.
 *
 * @param modelId the id the caller asked for
 * @param body the arguments, as JSON
 * @param origin where it comes from, as its worker is told
 * @param batch how many calls are in it, in the form of {@link dev.foretell.commons.wire.BatchForm}; 0 where it is but one
 * @param form what is unusual about it; null where nothing is
 * @param stuck told where the worker answers nothing any more; null where no other may get the call
 */
public record WorkerCall(
        String modelId,
        Buffer body,
        Deadline deadline,
        Cancellation cancellation,
        CallOrigin origin,
        int batch,
        @Nullable RequestOptions options,
        @Nullable Stuck stuck) {
    /** What to do about a call at a worker that has fallen silent: to have it answered elsewhere. */
    public interface Stuck {
        /** The worker answers nothing. Said again every moment until it does, or the call is over. */
        void isSilent(Waiting call);
    }

    /** A call that waits for a worker's answer. */
    public interface Waiting {
        /** Another worker has answered: that is the call's answer, whatever comes of this one. */
        void completeFromElsewhere(WorkerResponse response);

        void abort(AttemptFailure.Reason why);

        Future<WorkerResponse> outcome();
    }

    /** The body, where it is passed on while it comes in. */
    public @Nullable Upload upload() {
        return options == null ? null : options.upload();
    }
}
