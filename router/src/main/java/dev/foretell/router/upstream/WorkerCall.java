package dev.foretell.router.upstream;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a worker.
 *
 * @param modelId the id the caller asked for
 * @param body the arguments, as JSON
 * @param batch how many calls are in it, in the form of {@link dev.foretell.commons.wire.BatchForm}; 0 where it is but one
 * @param form what is unusual about it; null where nothing is
 */
public record WorkerCall(
        String modelId,
        Buffer body,
        Deadline deadline,
        CallAbort abort,
        int batch,
        @Nullable CallForm form) {
    public WorkerCall(String modelId, Buffer body, Deadline deadline, CallAbort abort, int batch) {
        this(modelId, body, deadline, abort, batch, null);
    }

    /** The body, where it is passed on while it comes in. */
    @Nullable
    Upload upload() {
        return form == null ? null : form.upload();
    }
}
