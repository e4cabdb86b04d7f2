package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.measure.CallTally;
import io.vertx.core.MultiMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle by which a call in flight is broken off, by its deadline or by its caller; whoever breaks it off, or ends it,
 * learns here how far it had come. Confined to one event loop.
 */
public final class Cancellation {
    private final CallOrigin origin;
    private @Nullable Consumer<AttemptFailure.Reason> breakOff;
    private AttemptFailure.@Nullable Reason reason;
    private @Nullable ModelKey model;
    private @Nullable CallTally tally;
    private @Nullable WorkerId worker;
    private ResponseStream.@Nullable End streamEnd;
    private int attempts;
    private long workerNanos;
    private boolean copy;

    /** Of a call of our own. */
    public Cancellation() {
        this.origin = new CallOrigin(null);
    }

    /** @param asked the headers that the caller sent; looked at only where something is to be told of the call */
    public Cancellation(MultiMap asked) {
        this.origin = new CallOrigin(asked);
    }

    /** The call's name, where its caller gave it one that is fit to be repeated. */
    public @Nullable String requestId() {
        return origin.callerRequestId();
    }

    /** Where the call comes from. */
    public CallOrigin origin() {
        return origin;
    }

    /** The call is a copy of another, for nobody who waits: it is not among those that callers made. */
    public void markCopy() {
        copy = true;
    }

    public boolean isCopy() {
        return copy;
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

    /** Where the model's calls are counted; null while the model is not known. */
    public @Nullable CallTally tally() {
        return tally;
    }

    /** It is sent to this worker. */
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

    /** Its answer is this stream. */
    public void streams(ResponseStream rest) {
        rest.onEnd(how -> streamEnd = how);
    }

    /** How the stream that is its answer ended; null where it did not, or is none. */
    public ResponseStream.@Nullable End streamEnd() {
        return streamEnd;
    }

    public void addWorkerNanos(long nanos) {
        workerNanos += nanos;
    }

    /** How long workers had the call so far; 0 where that is not known, as of one that went with others. */
    public long workerNanos() {
        return workerNanos;
    }

    /** Breaks off what is under way, if anything; later attempts do not start. */
    public void abort(AttemptFailure.Reason why) {
        if (reason == null) {
            reason = why;
            if (breakOff != null) {
                breakOff.accept(why);
            }
        }
    }

    /** Why the call was broken off; null while it was not. */
    public AttemptFailure.@Nullable Reason reason() {
        return reason;
    }

    /** The call has its outcome: there is nothing left to break off. */
    public void finish() {
        breakOff = null;
    }

    /** What to do if the call is broken off while it does what it does now; takes the place of what was said before. */
    public void onAbort(Consumer<AttemptFailure.Reason> howToBreakOff) {
        breakOff = howToBreakOff;
    }
}
