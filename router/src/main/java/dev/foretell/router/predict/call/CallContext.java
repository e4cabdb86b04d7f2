package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.pool.EndpointPool;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a call on its way, and what has become of it so far: the log, the counts and the failures are written from it.
 * Confined to the call's event loop.
 */
public final class CallContext {
    private final Deadline deadline;
    private final CallOrigin origin;
    private final Cancellation cancellation = new Cancellation();
    private RouteTrace trace = RouteTrace.OFF;
    private @Nullable EndpointPool pool;
    private @Nullable WorkerId worker;
    private ResponseStream.@Nullable End streamEnd;
    private int attempts;
    private long workerNanos;
    private boolean copy;

    private CallContext(Deadline deadline, CallOrigin origin) {
        this.deadline = deadline;
        this.origin = origin;
    }

    /** @param asked the headers that the caller sent; read only where something is to be told of the call */
    public CallContext(Deadline deadline, MultiMap asked) {
        this(deadline, new CallOrigin(asked));
    }

    /** Of a call of the router's own. */
    public static CallContext own(Deadline deadline) {
        return new CallContext(deadline, CallOrigin.own());
    }

    public Deadline deadline() {
        return deadline;
    }

    /** Breaks off the call. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Where the call comes from. */
    public CallOrigin origin() {
        return origin;
    }

    /** Where the call's way is written down: nowhere, unless the caller asked for that. */
    public RouteTrace trace() {
        return trace;
    }

    /** Writes the call's way down there from now on. */
    public void setTrace(RouteTrace next) {
        trace = next;
    }

    /** The call is a copy of another, and no caller waits for it: it is counted nowhere. */
    public void markCopy() {
        copy = true;
    }

    public boolean isCopy() {
        return copy;
    }

    /** The call is for this pool's model. */
    public void setPool(EndpointPool found) {
        pool = found;
    }

    /** The pool of the model that the call is for; null while that is not known. */
    public @Nullable EndpointPool pool() {
        return pool;
    }

    /** The call is sent to this worker. */
    public void recordAttempt(WorkerId next) {
        worker = next;
        attempts++;
    }

    /** The worker that had the call last; null where none had. */
    public @Nullable WorkerId worker() {
        return worker;
    }

    /** How often the call was sent to a worker. */
    public int attempts() {
        return attempts;
    }

    /** Records how the stream that is the call's answer ends. */
    public void follow(ResponseStream rest) {
        rest.onEnd(how -> streamEnd = how);
    }

    /** How the stream that is the call's answer ended; null where it did not, or where the answer is no stream. */
    public ResponseStream.@Nullable End streamEnd() {
        return streamEnd;
    }

    /** A worker had the call for this long. */
    public void addWorkerNanos(long nanos) {
        workerNanos += nanos;
    }

    /** How long workers had the call so far; 0 where that is not known, as of a call that went with others. */
    public long workerNanos() {
        return workerNanos;
    }
}
