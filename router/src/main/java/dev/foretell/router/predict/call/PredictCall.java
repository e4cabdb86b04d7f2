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
 * One predict call, from when it was read to its response. Confined to its event loop.
 *
 * @param data the arguments for the worker, as the caller sent them
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
        context.spans().onQueue();
    }

    /** The same call for a version of its model. */
    public PredictCall withVersion(String version) {
        return new PredictCall(type, version, data, preferences, context, options);
    }

    /** The same call for another model; ends the trace of the context that both share. */
    public PredictCall elsewhere(String otherModel) {
        context.setTrace(RouteTrace.OFF);
        return new PredictCall(type, otherModel, data, preferences, context, options);
    }

    /** Whether its body is passed on as it arrives, so that its duration depends on the caller too. */
    public boolean isUpload() {
        return options.upload() != null;
    }

    /** Whether a worker got a part of it that cannot be sent again. */
    public boolean isSpent() {
        Upload upload = options.upload();
        return upload != null && upload.isBegun();
    }

    /** The workers that must not get it. */
    public Set<WorkerId> notAt() {
        return options.notAt();
    }

    /** The key of the call as a number: its sticky key, or else the start of its data. */
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
