package dev.foretell.router.upstream.measure;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of a model's calls since the router started, and their durations. Thread-safe, without locks. */
public final class CallTally {
    private final Histogram answered = Histogram.ofDurations();
    private final Histogram others = Histogram.ofDurations();
    private final AtomicReference<@Nullable TracedCalls> traced = new AtomicReference<>();
    private final AtomicLongArray outcomes = new AtomicLongArray(Outcome.values().length);

    /** The outcome of a call for its caller. */
    public enum Outcome {
        /** A response of the model, fresh or cached. */
        OK,
        /** The caller's error, or a worker refused its input. */
        CLIENT_ERROR,
        /** No worker gave a response that could be passed on. */
        WORKER_ERROR,
        TIMEOUT,
        /** Refused because of load. */
        SHED,
        /** A fallback response. */
        FALLBACK,
        /** The caller hung up. */
        CANCELLED
    }

    /** A call got its response this many nanoseconds after its arrival. */
    public void recordResponse(long tookNanos) {
        answered.add(tookNanos);
    }

    /** A call ended with this outcome after this many nanoseconds. */
    public void record(Outcome how, long tookNanos) {
        if (how == Outcome.OK) {
            recordResponse(tookNanos);
        } else {
            outcomes.incrementAndGet(how.ordinal());
            others.add(tookNanos);
        }
    }

    /** One of the calls that are counted is part of a recorded trace. */
    public void addTraced(TracedCalls.TracedCall call) {
        TracedCalls all = traced.updateAndGet(known -> known == null ? new TracedCalls(Histogram.DURATIONS) : known);
        all.add(call);
    }

    /** The last traced call of each bucket of {@link #durations}, if there is one. */
    public List<TracedCalls.TracedCall> traced() {
        TracedCalls all = traced.get();
        return all == null ? List.of() : all.read();
    }

    /** The number of calls with this outcome. */
    public long count(Outcome how) {
        return how == Outcome.OK ? answered.read().count() : outcomes.get(how.ordinal());
    }

    /** The durations of calls with any outcome; for a stream, until its start. */
    public Histogram.Counted durations() {
        return successes().plus(failures());
    }

    /** The durations of calls with a response of the model. */
    public Histogram.Counted successes() {
        return answered.read();
    }

    /** The durations of all other calls. */
    public Histogram.Counted failures() {
        return others.read();
    }
}
