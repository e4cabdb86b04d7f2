package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.predict.spans.CallSpans;
import dev.foretell.router.predict.spans.CallTracer;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.measure.CallTally;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** The state of a call on its way; the log, the counts and the failures use it. Confined to the call's event loop. */
public final class CallContext implements CallSpans.CallDescription {
    private final Deadline deadline;
    private final CallOrigin origin;
    private final Cancellation cancellation = new Cancellation();
    private RouteTrace trace = RouteTrace.OFF;
    private CallSpans spans = CallSpans.OFF;
    private final boolean part;
    private @Nullable ModelKey model;
    private @Nullable CallTally tally;
    private @Nullable WorkerId worker;
    private ResponseStream.@Nullable End streamEnd;
    private int attempts;
    private long workerNanos;
    private boolean shadow;

    private CallContext(Deadline deadline, CallOrigin origin, boolean part) {
        this.deadline = deadline;
        this.origin = origin;
        this.part = part;
    }

    /** @param asked the caller's headers; read on demand */
    public CallContext(Deadline deadline, MultiMap asked) {
        this(deadline, new CallOrigin(asked), false);
    }

    /** The context of a call by the router itself. */
    public static CallContext own(Deadline deadline) {
        return new CallContext(deadline, CallOrigin.own(), false);
    }

    /** The context of a part of this call: it has its own cancellation, and the same request id at the workers. */
    public CallContext forPart(Deadline own) {
        CallContext context = new CallContext(own, origin, true);
        context.spans = spans.part();
        return context;
    }

    /** Whether the caller asks for something by this header; what is a part of a call is answered as usual. */
    public boolean asksFor(String header) {
        return !part && origin.asksFor(header);
    }

    public Deadline deadline() {
        return deadline;
    }

    /** Cancels the call. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The origin of the call. */
    public CallOrigin origin() {
        return origin;
    }

    /** The trace of the call; records nothing unless the caller requested one. */
    public RouteTrace trace() {
        return trace;
    }

    /** Sets the trace. */
    public void setTrace(RouteTrace next) {
        trace = next;
    }

    /** The spans of the call; these record nothing unless the call is chosen. */
    public CallSpans spans() {
        return spans;
    }

    /** Starts the spans of a whole call; a part has those of its call. */
    public void startSpans(CallTracer tracer) {
        if (!part) {
            spans = tracer.begin(origin);
        }
    }

    /** The call is a shadow call: no caller waits for it, and it is not counted. */
    public void markShadow() {
        shadow = true;
    }

    public boolean isShadow() {
        return shadow;
    }

    /** The call is for this model, whose calls are counted here. */
    public void setModel(ModelKey found, CallTally counted) {
        model = found;
        tally = counted;
    }

    /** The model that the call is for; null while that is not known. */
    public @Nullable ModelKey model() {
        return model;
    }

    @Override
    public @Nullable String modelName() {
        return model == null ? null : model.toString();
    }

    /** Where the model's calls are counted; null while the model is not known. */
    public @Nullable CallTally tally() {
        return tally;
    }

    /** The call is sent to this worker. */
    public void recordAttempt(WorkerId next) {
        worker = next;
        attempts++;
    }

    /** The last worker of the call; null if there was none. */
    public @Nullable WorkerId worker() {
        return worker;
    }

    /** How often the call was sent to a worker. */
    @Override
    public int attempts() {
        return attempts;
    }

    /** Records the end of a streamed response. */
    public void follow(ResponseStream rest) {
        rest.onEnd(how -> streamEnd = how);
    }

    /** How the streamed response ended; null if it has not, or if the response is not a stream. */
    public ResponseStream.@Nullable End streamEnd() {
        return streamEnd;
    }

    /** A worker had the call for this long. */
    public void addWorkerNanos(long nanos) {
        workerNanos += nanos;
    }

    /** The total time at workers so far; 0 if unknown, as for a call in a batch. */
    public long workerNanos() {
        return workerNanos;
    }
}
