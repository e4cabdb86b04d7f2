package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.AdmissionRequest;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.pool.StableHash;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One predict call, from the moment it was read to its answer. Confined to its event loop.
 *
 * @param data the arguments for the worker, as the caller wrote them
 * @param stickyKey calls with the same one belong together, where the model's policy cares; null where the caller gave none
 * @param wantsFresh whether it is not to be answered with what was answered before
 * @param trace where its way is written down
 * @param form what is unusual about it; null where nothing is
 */
public record PredictCall(
        String type,
        String modelId,
        Buffer data,
        @Nullable String stickyKey,
        Priority priority,
        Deadline deadline,
        Cancellation cancellation,
        boolean wantsFresh,
        RouteTrace trace,
        @Nullable RequestOptions options)
        implements AdmissionRequest {
    private static final int HASHED_BYTES = 4096;

    @Override
    public void waits(Runnable leave) {
        cancellation.onAbort(reason -> leave.run());
        trace.onQueue();
    }

    /** The same, for a version of its model. */
    public PredictCall withVersion(String version) {
        return new PredictCall(
                type, version, data, stickyKey, priority, deadline, cancellation, wantsFresh, trace, options);
    }

    /** The same for another model. */
    public PredictCall elsewhere(String otherModel) {
        return new PredictCall(
                type,
                otherModel,
                data,
                stickyKey,
                priority,
                deadline,
                cancellation,
                wantsFresh,
                RouteTrace.OFF,
                options);
    }

    /** Whether its body is passed on while it comes in, so that how long it takes is its caller's doing too. */
    public boolean isUpload() {
        return options != null && options.upload() != null;
    }

    /** Whether a worker had some of it that cannot be sent again. */
    boolean isSpent() {
        return options != null && options.upload() != null && options.upload().isBegun();
    }

    /** Workers that it is not to go to. */
    Set<WorkerId> notAt() {
        return options == null ? Set.of() : options.notAt();
    }

    /** What the call is about, as a number: its sticky key, or else the beginning of its data. */
    long key() {
        if (isUpload() && stickyKey == null) {
            return deadline.atNanos();
        }
        return stickyKey != null
                ? StableHash.of(stickyKey)
                : StableHash.of(data.getBytes(0, Math.min(data.length(), HASHED_BYTES)));
    }
}
