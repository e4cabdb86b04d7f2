package dev.foretell.router.upstream.call;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is sent to a worker.
 *
 * @param modelId the caller's model id
 * @param body the arguments, as JSON unless the options say otherwise
 * @param origin the origin of the call for its worker
 * @param recipient the recipient of the response
 */
public record WorkerCall(
        String modelId,
        Buffer body,
        Deadline deadline,
        CallOrigin origin,
        RequestOptions options,
        Recipient recipient) {
    /** The recipient of a worker's response. Confined to the call's event loop. */
    public interface Recipient {
        /** Cancels this attempt. */
        Cancellation cancellation();

        /**
         * The worker is silent, so another one may get the call. Repeated until the worker responds or the call ends.
         */
        default void onSilence(Waiting call) {}

        /** The worker or the call has ended the attempt after this time. */
        default void workerTook(long nanos) {}
    }

    /** A call that waits for a worker's response. */
    public interface Waiting {
        /** Another worker has responded: its response is the call's, whatever this worker does. */
        void completeFromElsewhere(WorkerResponse response);

        void abort(AttemptFailure.Reason why);

        Future<WorkerResponse> outcome();
    }

    public Cancellation cancellation() {
        return recipient.cancellation();
    }

    /** The body if it is passed on as it arrives; null if it is complete. */
    public @Nullable Upload upload() {
        return options.upload();
    }
}
