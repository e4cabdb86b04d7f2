package dev.foretell.router.upstream.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/** How a model's calls ended since the router started, and how long they took. Thread-safe, without locks. */
public final class CallTally {
    private final Histogram answered = Histogram.ofDurations();
    private final Histogram others = Histogram.ofDurations();
    private final AtomicLongArray outcomes = new AtomicLongArray(Outcome.values().length);

    /** How a call ended for its caller. */
    public enum Outcome {
        /** With the model's answer, of now or kept. */
        OK,
        /** The caller's own fault, or a worker refused its input. */
        CLIENT_ERROR,
        /** No worker gave an answer that could be passed on. */
        WORKER_ERROR,
        TIMEOUT,
        /** Refused for load. */
        SHED,
        /** With what stands in for the model's answer. */
        FALLBACK,
        /** The caller hung up. */
        CANCELLED
    }

    /** The call was answered so many nanoseconds after it had come. */
    public void recordResponse(long tookNanos) {
        answered.add(tookNanos);
    }

    /** The call ended so, after so many nanoseconds. */
    public void record(Outcome how, long tookNanos) {
        if (how == Outcome.OK) {
            recordResponse(tookNanos);
        } else {
            outcomes.incrementAndGet(how.ordinal());
            others.add(tookNanos);
        }
    }

    /** Calls that ended so. */
    public long count(Outcome how) {
        return how == Outcome.OK ? answered.read().count() : outcomes.get(how.ordinal());
    }

    /** How long calls took, however they ended; of a stream, to its beginning. */
    public Histogram.Counted durations() {
        return successes().plus(failures());
    }

    /** How long the calls took that ended with the model's answer. */
    public Histogram.Counted successes() {
        return answered.read();
    }

    /** How long all others took. */
    public Histogram.Counted failures() {
        return others.read();
    }
}
