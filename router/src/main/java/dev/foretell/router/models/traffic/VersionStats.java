package dev.foretell.router.models.traffic;

import java.util.concurrent.atomic.LongAdder;

/**
 * The figures of one version: calls, failures, and a histogram of their durations, with four buckets per doubling (each
 * a fifth wide) from 16 µs to over a minute. Thread-safe, without a lock.
 */
final class VersionStats {
    private static final double FIRST_NANOS = 16_000;
    private static final double STEPS_PER_DOUBLING = 4;
    private static final int BUCKETS = 90;

    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder[] buckets = new LongAdder[BUCKETS];

    VersionStats() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void recordResponse(long nanos) {
        calls.increment();
        buckets[bucket(nanos)].increment();
    }

    void recordFailure(long nanos) {
        failed.increment();
        recordResponse(nanos);
    }

    /** The worker refused the caller's input. */
    void recordRefusal(long nanos) {
        refused.increment();
        recordResponse(nanos);
    }

    private static int bucket(long nanos) {
        double steps = Math.log(nanos / FIRST_NANOS) / Math.log(2) * STEPS_PER_DOUBLING;
        return (int) Math.max(0, Math.min(BUCKETS - 1, Math.ceil(steps)));
    }

    /** The figures so far. */
    Figures figures() {
        long[] counts = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = buckets[i].sum();
        }
        return new Figures(calls.sum(), failed.sum(), refused.sum(), counts);
    }

    /** The figures at one point in time. */
    record Figures(long calls, long failed, long refused, long[] counts) {
        static final Figures NONE = new Figures(0, 0, 0, new long[BUCKETS]);

        Figures plus(Figures other) {
            long[] sums = new long[BUCKETS];
            for (int i = 0; i < BUCKETS; i++) {
                sums[i] = counts[i] + other.counts[i];
            }
            return new Figures(calls + other.calls, failed + other.failed, refused + other.refused, sums);
        }

        double errorRatio() {
            return calls == 0 ? 0 : (double) failed / calls;
        }

        double refusalRatio() {
            return calls == 0 ? 0 : (double) refused / calls;
        }

        /** The upper bound of the bucket with the 95th percentile; 0 without calls. */
        double p95Millis() {
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            long left = (long) Math.ceil(sum * 0.95);
            for (int i = 0; i < BUCKETS && sum > 0; i++) {
                left -= counts[i];
                if (left <= 0) {
                    return FIRST_NANOS * Math.pow(2, i / STEPS_PER_DOUBLING) / 1e6;
                }
            }
            return 0;
        }
    }
}
