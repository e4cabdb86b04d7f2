package dev.foretell.router.upstream.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts calls and failures over a sliding window of ten buckets. Lock-free: a bucket is one long with its tick (24
 * bits), its calls (20) and its failures (20).
 */
public final class FailureWindow {
    private static final int BUCKETS = 10;
    private static final int COUNT_BITS = 20;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long TICK_MASK = (1L << 24) - 1;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final long nanosPerBucket;

    public FailureWindow(Duration window) {
        this.nanosPerBucket = Math.max(1, window.toNanos() / BUCKETS);
    }

    public void add(boolean failed, long nowNanos) {
        long tick = Math.floorDiv(nowNanos, nanosPerBucket);
        int index = Math.floorMod(tick, BUCKETS);
        long seen;
        do {
            seen = buckets.get(index);
        } while (!buckets.compareAndSet(index, seen, add(seen, tick & TICK_MASK, failed)));
    }

    private static long add(long bucket, long tick, boolean failed) {
        boolean current = tickOf(bucket) == tick;
        long calls = current ? calls(bucket) : 0;
        long failures = current ? failures(bucket) : 0;
        boolean full = calls == COUNT_MASK;
        return pack(tick, full ? calls : calls + 1, full || !failed ? failures : failures + 1);
    }

    /** Whether there were enough calls, and enough of them failed. */
    boolean isThresholdReached(int minCalls, double failureRate, long nowNanos) {
        Sum sum = sum(nowNanos);
        return sum.calls() >= minCalls && sum.failures() >= failureRate * sum.calls();
    }

    /** The calls in the window, and the failed ones among them. */
    record Sum(long calls, long failures) {}

    Sum sum(long nowNanos) {
        long newest = Math.floorDiv(nowNanos, nanosPerBucket);
        long calls = 0;
        long failures = 0;
        for (long tick = newest - BUCKETS + 1; tick <= newest; tick++) {
            long bucket = buckets.get(Math.floorMod(tick, BUCKETS));
            if (tickOf(bucket) == (tick & TICK_MASK)) {
                calls += calls(bucket);
                failures += failures(bucket);
            }
        }
        return new Sum(calls, failures);
    }

    void clear() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets.set(i, 0);
        }
    }

    private static long pack(long tick, long calls, long failures) {
        return tick << (2 * COUNT_BITS) | calls << COUNT_BITS | failures;
    }

    private static long tickOf(long bucket) {
        return bucket >>> (2 * COUNT_BITS);
    }

    private static long calls(long bucket) {
        return bucket >>> COUNT_BITS & COUNT_MASK;
    }

    private static long failures(long bucket) {
        return bucket & COUNT_MASK;
    }
}
