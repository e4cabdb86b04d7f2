package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.call.AttemptFailure;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the outcomes of the requests to a worker for one model, since the endpoint exists. Thread-safe, without locks.
 */
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

    /** Requests with a response below status 400. */
    public long responses() {
        return answered.sum();
    }

    /** Requests that the worker refused with its own 4xx. */
    public long refusals() {
        return refused.sum();
    }

    /** Requests that failed for this reason. */
    public long failures(AttemptFailure.Reason why) {
        return failed.get(why.ordinal());
    }

    /** The total time of the responses, including refusals; for a stream, until its head. */
    public long nanos() {
        return nanos.sum();
    }
}
