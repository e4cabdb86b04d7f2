package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.AdmissionRequest;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Upload;
import dev.foretell.router.upstream.pool.StableHash;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * One predict call, from the moment it was read to its answer. Confined to its event loop.
 *
 * @param data the arguments for the worker, as the caller wrote them
 */
public record PredictCall(
        String type,
        String modelId,
        Buffer data,
        CallPreferences preferences,
        CallContext context,
        RequestOptions options)
        implements AdmissionRequest {
    private static final int HASHED_BYTES = 4096;

    @Override
    public Priority priority() {
        return preferences.priority();
    }

    @Override
    public Deadline deadline() {
        return context.deadline();
    }

    public Cancellation cancellation() {
        return context.cancellation();
    }

    public RouteTrace trace() {
        return context.trace();
    }

    @Override
    public void waits(Runnable leave) {
        cancellation().onAbort(reason -> leave.run());
        trace().onQueue();
    }

    /** The same, for a version of its model. */
    public PredictCall withVersion(String version) {
        return new PredictCall(type, version, data, preferences, context, options);
    }

    /** The same for another model; the way there is not written down. */
    public PredictCall elsewhere(String otherModel) {
        context.setTrace(RouteTrace.OFF);
        return new PredictCall(type, otherModel, data, preferences, context, options);
    }

    /** Whether its body is passed on while it comes in, so that how long it takes is its caller's doing too. */
    public boolean isUpload() {
        return options.upload() != null;
    }

    /** Whether a worker had some of it that cannot be sent again. */
    public boolean isSpent() {
        Upload upload = options.upload();
        return upload != null && upload.isBegun();
    }

    /** Workers that it is not to go to. */
    public Set<WorkerId> notAt() {
        return options.notAt();
    }

    /** What the call is about, as a number: its sticky key, or else the beginning of its data. */
    public long key() {
        String stickyKey = preferences.stickyKey();
        if (isUpload() && stickyKey == null) {
            return deadline().atNanos();
        }
        return stickyKey != null
                ? StableHash.of(stickyKey)
                : StableHash.of(data.getBytes(0, Math.min(data.length(), HASHED_BYTES)));
    }
}
