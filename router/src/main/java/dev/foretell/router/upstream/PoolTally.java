package dev.foretell.router.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What it took to answer a model's calls since the router started, and its retries under way now. Thread-safe. */
public final class PoolTally {
    private final AtomicInteger retriesUnderWay = new AtomicInteger();
    private final LongAdder retries = new LongAdder();
    private final LongAdder budgetExhausted = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();
    private final LongAdder hedgesLost = new LongAdder();
    private final LongAdder ejections = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder batchedCalls = new LongAdder();

    /** Retries under way that the retry budget bounds. */
    public AtomicInteger retriesUnderWay() {
        return retriesUnderWay;
    }

    /** A call was sent to a further worker after one failed it. */
    public void retried() {
        retries.increment();
    }

    /** A call failed because there was no budget for its retry. */
    public void exhausted() {
        budgetExhausted.increment();
    }

    /** A second copy of a call was sent, and was answered first or not. */
    public void hedged(boolean won) {
        (won ? hedgesWon : hedgesLost).increment();
    }

    /** So many calls were sent to a worker as one. */
    public void batched(int calls) {
        batches.increment();
        batchedCalls.add(calls);
    }

    void ejected() {
        ejections.increment();
    }

    public long retries() {
        return retries.sum();
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

    public long batches() {
        return batches.sum();
    }

    /** The calls in all those batches; one that was in several, retried, counts in each. */
    public long batchedCalls() {
        return batchedCalls.sum();
    }
}
