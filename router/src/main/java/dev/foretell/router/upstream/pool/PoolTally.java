package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.Histogram;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The figures of a model's calls since the router started, and its current retries. Thread-safe. */
public final class PoolTally {
    /** Over all event loops, as many as one event loop lets wait for connections to a worker: a bound, not a share. */
    private static final int MAX_SILENCE_HEDGES = 1024;

    private final AtomicInteger retriesUnderWay = new AtomicInteger();
    private final AtomicInteger silenceHedgesUnderWay = new AtomicInteger();
    private final LongAdder silenceHedges = new LongAdder();
    private final CallTally calls = new CallTally();
    private final AtomicLongArray retries = new AtomicLongArray(AttemptFailure.Reason.values().length);
    private final LongAdder budgetExhausted = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();
    private final LongAdder hedgesLost = new LongAdder();
    private final LongAdder ejections = new LongAdder();
    private final Histogram batchSizes = Histogram.ofSizes();

    /** The outcomes of its calls. */
    public CallTally calls() {
        return calls;
    }

    /** The retries in flight that the retry budget bounds. */
    public AtomicInteger retriesUnderWay() {
        return retriesUnderWay;
    }

    /**
     * Whether a call that waits at a silent worker may be hedged at another one; the number of such hedges in flight
     * is bounded.
     */
    public boolean beginSilenceHedge() {
        if (silenceHedgesUnderWay.incrementAndGet() > MAX_SILENCE_HEDGES) {
            silenceHedgesUnderWay.decrementAndGet();
            return false;
        }
        silenceHedges.increment();
        return true;
    }

    /** The hedge was not sent. */
    public void withdrawSilenceHedge() {
        silenceHedges.decrement();
        endSilenceHedge();
    }

    public void endSilenceHedge() {
        silenceHedgesUnderWay.decrementAndGet();
    }

    /** Calls that were hedged at another worker because theirs was silent. */
    public long silenceHedges() {
        return silenceHedges.sum();
    }

    /** A call was sent to another worker after this failure. */
    public void recordRetry(AttemptFailure.Reason why) {
        retries.incrementAndGet(why.ordinal());
    }

    /** A call failed because the retry budget was exhausted. */
    public void recordExhaustedBudget() {
        budgetExhausted.increment();
    }

    /** A call was hedged because it was slow; records whether the hedge won. */
    public void recordHedge(boolean won) {
        (won ? hedgesWon : hedgesLost).increment();
    }

    /** This many calls were sent to a worker in one batch. */
    public void recordBatch(int calls) {
        batchSizes.add(calls);
    }

    void recordEjection() {
        ejections.increment();
    }

    public long retries() {
        long all = 0;
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            all += retries(why);
        }
        return all;
    }

    /** Calls that were sent to another worker after this failure. */
    public long retries(AttemptFailure.Reason why) {
        return retries.get(why.ordinal());
    }

    public long budgetExhausted() {
        return budgetExhausted.sum();
    }

    public long hedgesWon() {
        return hedgesWon.sum();
    }

    public long hedgesLost() {
        return hedgesLost.sum();
    }

    public long ejections() {
        return ejections.sum();
    }

    /** The sizes of the batches sent; a retried call counts in each of its batches. */
    public Histogram.Counted batchSizes() {
        return batchSizes.read();
    }
}
