package dev.foretell.router.upstream.call;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a worker.
 *
 * @param modelId the id the caller asked for
 * @param body the arguments, as JSON unless the options say otherwise
 * @param origin where it comes from, as its worker is told
 * @param caller whom the answer is for
 */
public record WorkerCall(
        String modelId, Buffer body, Deadline deadline, CallOrigin origin, RequestOptions options, Caller caller) {
    /** Whom a worker's answer is for. Confined to the call's event loop. */
    public interface Caller {
        /** Breaks off this attempt. */
        Cancellation cancellation();

        /** The worker answers nothing: another may get the call. Said again every moment until it does, or the call is over. */
        default void isSilent(Waiting call) {}

        /** The worker is done with the call, or the call with the worker, after this time. */
        default void workerTook(long nanos) {}
    }

    /** A call that waits for a worker's answer. */
    public interface Waiting {
        /** Another worker has answered: that is the call's answer, whatever comes of this one. */
        void completeFromElsewhere(WorkerResponse response);

        void abort(AttemptFailure.Reason why);

        Future<WorkerResponse> outcome();
    }

    public Cancellation cancellation() {
        return caller.cancellation();
    }

    /** The body, where it is passed on while it comes in; null where it is there. */
    public @Nullable Upload upload() {
        return options.upload();
    }
}
