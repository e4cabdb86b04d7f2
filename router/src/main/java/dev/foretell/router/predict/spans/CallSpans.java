package dev.foretell.router.predict.spans;

import dev.foretell.commons.wire.TraceParent;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The spans of one call. These record nothing, and cost nothing. Confined to the call's event loop. */
public sealed class CallSpans permits RecordedSpans {
    /** For a call that is not recorded. */
    public static final CallSpans OFF = new CallSpans();

    CallSpans() {}

    public boolean isOn() {
        return false;
    }

    /** The place of the call's span in its trace; null for a call that is not recorded. */
    public @Nullable TraceParent traceParent() {
        return null;
    }

    /** The call waits for a permit. */
    public void onQueue() {}

    /** The wait ends, with a permit or without. */
    public void onQueueEnd(boolean admitted) {}

    /**
     * The call is about to be sent to a worker.
     *
     * @param after the word for the failure that led to this attempt; null for the first one
     */
    public AttemptSpan attempt(EndpointPool pool, Slot slot, @Nullable String after) {
        return AttemptSpan.OFF;
    }

    /** The call is about to be sent together with others. */
    public AttemptSpan batch(EndpointPool pool, Slot slot, int calls) {
        return AttemptSpan.OFF;
    }

    /** The spans of a part of this call. */
    public CallSpans part() {
        return this;
    }

    /** Ends the call's span with its outcome. */
    public void follow(Future<?> outcome, CallDescription call) {}

    /** What is known about a call at its end. */
    public interface CallDescription {
        /** {@code type/model}; null if it reached none. */
        @Nullable
        String modelName();

        int attempts();
    }
}
