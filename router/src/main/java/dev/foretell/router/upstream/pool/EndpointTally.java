package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.call.AttemptFailure;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How the requests to a worker for one model went since it has its endpoint. Thread-safe, without locks. */
public final class EndpointTally {
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicLongArray failed = new AtomicLongArray(AttemptFailure.Reason.values().length);

    public void responses(int status, long tookNanos) {
        (status < 400 ? answered : refused).increment();
        nanos.add(tookNanos);
    }

    public void recordFailure(AttemptFailure.Reason why) {
        failed.incrementAndGet(why.ordinal());
    }

    /** Requests that were answered, below status 400. */
    public long responses() {
        return answered.sum();
    }

    /** Requests that the worker refused: its own 4xx. */
    public long refusals() {
        return refused.sum();
    }

    /** Requests that failed so. */
    public long failures(AttemptFailure.Reason why) {
        return failed.get(why.ordinal());
    }

    /** How long the answers, refusals included, took together; of a stream, its head. */
    public long nanos() {
        return nanos.sum();
    }
}
