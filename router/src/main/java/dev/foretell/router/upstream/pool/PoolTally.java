package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.Histogram;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What it took to answer a model's calls since the router started, and its retries under way now. Thread-safe. */
public final class PoolTally {
    /** As many calls as one event loop lets wait for connections to a worker, over all event loops: a bound, not a share. */
    private static final int MAX_COPIES = 1024;

    private final AtomicInteger retriesUnderWay = new AtomicInteger();
    private final AtomicInteger copiesUnderWay = new AtomicInteger();
    private final LongAdder copies = new LongAdder();
    private final CallTally calls = new CallTally();
    private final AtomicLongArray retries = new AtomicLongArray(AttemptFailure.Reason.values().length);
    private final LongAdder budgetExhausted = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();
    private final LongAdder hedgesLost = new LongAdder();
    private final LongAdder ejections = new LongAdder();
    private final Histogram batchSizes = Histogram.ofSizes();

    /** How its calls ended. */
    public CallTally calls() {
        return calls;
    }

    /** Retries under way that the retry budget bounds. */
    public AtomicInteger retriesUnderWay() {
        return retriesUnderWay;
    }

    /** Whether a call that waits at a silent worker may be sent to another as well: so many copies are under way at most. */
    public boolean beginCopy() {
        if (copiesUnderWay.incrementAndGet() > MAX_COPIES) {
            copiesUnderWay.decrementAndGet();
            return false;
        }
        copies.increment();
        return true;
    }

    /** It was not sent after all. */
    public void withdrawCopy() {
        copies.decrement();
        endCopy();
    }

    public void endCopy() {
        copiesUnderWay.decrementAndGet();
    }

    /** Calls that were sent to another worker as well since theirs had fallen silent. */
    public long copies() {
        return copies.sum();
    }

    /** A call was sent to a further worker after one failed it so. */
    public void recordRetry(AttemptFailure.Reason why) {
        retries.incrementAndGet(why.ordinal());
    }

    /** A call failed because there was no budget for its retry. */
    public void recordExhaustedBudget() {
        budgetExhausted.increment();
    }

    /** A second copy of a call was sent, and was answered first or not. */
    public void recordHedge(boolean won) {
        (won ? hedgesWon : hedgesLost).increment();
    }

    /** So many calls were sent to a worker as one. */
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

    /** Calls that were sent to a further worker after one failed them so. */
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

    /** The batches that were sent, by how many calls each had; a call that was in several, retried, counts in each. */
    public Histogram.Counted batchSizes() {
        return batchSizes.read();
    }
}
