package dev.foretell.router.upstream;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How the requests to a worker for one model went since it has its seat. Thread-safe, without locks. */
public final class SeatTally {
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicLongArray failed = new AtomicLongArray(AttemptFailure.Reason.values().length);

    void answered(int status, long tookNanos) {
        (status < 400 ? answered : refused).increment();
        nanos.add(tookNanos);
    }

    void failed(AttemptFailure.Reason why) {
        failed.incrementAndGet(why.ordinal());
    }

    /** Requests that were answered, below status 400. */
    public long answered() {
        return answered.sum();
    }

    /** Requests that the worker refused: its own 4xx. */
    public long refused() {
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
