package dev.foretell.router.predict;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.Entrant;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.CallForm;
import dev.foretell.router.upstream.StableHash;
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
        CallAbort abort,
        boolean wantsFresh,
        RouteTrace trace,
        @Nullable CallForm form)
        implements Entrant {
    private static final int HASHED_BYTES = 4096;

    @Override
    public void waits(Runnable leave) {
        abort.attempting(reason -> leave.run());
        trace.queued();
    }

    /** The same, for a version of its model. */
    public PredictCall readdressed(String version) {
        return new PredictCall(type, version, data, stickyKey, priority, deadline, abort, wantsFresh, trace, form);
    }

    /** The same for another model. */
    PredictCall elsewhere(String otherModel) {
        return new PredictCall(
                type, otherModel, data, stickyKey, priority, deadline, abort, wantsFresh, RouteTrace.OFF, form);
    }

    /** Whether its body is passed on while it comes in, so that how long it takes is its caller's doing too. */
    boolean isUpload() {
        return form != null && form.upload() != null;
    }

    /** Whether a worker had some of it that cannot be sent again. */
    boolean isSpent() {
        return form != null && form.upload() != null && form.upload().isBegun();
    }

    /** Workers that it is not to go to. */
    Set<WorkerId> notAt() {
        return form == null ? Set.of() : form.notAt();
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
