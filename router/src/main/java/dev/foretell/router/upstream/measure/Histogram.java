package dev.foretell.router.upstream.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values per bucket, and their sum. Thread-safe, without locks: an addition is two striped adders. Empty buckets
 * take no memory, because there may be thousands of histograms.
 */
public final class Histogram {
    static final long[] DURATIONS = micros(
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            30_000_000);
    private static final long[] SHORT_DURATIONS =
            micros(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000);
    private static final long[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final long[] bounds;
    private final AtomicReferenceArray<LongAdder> counts;
    private final LongAdder sum = new LongAdder();

    /**
     * A snapshot.
     *
     * @param bounds the upper bound of each bucket except the last, which has none
     * @param counts the count of each bucket alone
     */
    @SuppressWarnings("ArrayRecordComponent") // created for one reader
    public record Counted(long[] bounds, long[] counts, long sum) {
        /** The sum of two histograms with equal bounds. */
        public Counted plus(Counted other) {
            long[] both = counts.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] += other.counts[i];
            }
            return new Counted(bounds, both, sum + other.sum);
        }

        public long count() {
            long all = 0;
            for (long count : counts) {
                all += count;
            }
            return all;
        }
    }

    private Histogram(long... bounds) {
        this.bounds = bounds;
        this.counts = new AtomicReferenceArray<>(bounds.length + 1);
    }

    private static long[] micros(long... micros) {
        long[] nanos = new long[micros.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = TimeUnit.MICROSECONDS.toNanos(micros[i]);
        }
        return nanos;
    }

    /** For nanoseconds from 1 ms to 30 s. */
    public static Histogram ofDurations() {
        return new Histogram(DURATIONS);
    }

    /** For nanoseconds from 25 µs to 1 s. */
    public static Histogram ofShortDurations() {
        return new Histogram(SHORT_DURATIONS);
    }

    /** For numbers from 1 to 1024. */
    public static Histogram ofSizes() {
        return new Histogram(SIZES);
    }

    public void add(long value) {
        int bucket = bucketOf(bounds, value);
        LongAdder count = counts.get(bucket);
        (count != null ? count : first(bucket)).increment();
        sum.add(value);
    }

    static int bucketOf(long[] bounds, long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private LongAdder first(int bucket) {
        return counts.updateAndGet(bucket, count -> count == null ? new LongAdder() : count);
    }

    public Counted read() {
        long[] now = new long[counts.length()];
        for (int i = 0; i < now.length; i++) {
            LongAdder count = counts.get(i);
            now[i] = count == null ? 0 : count.sum();
        }
        return new Counted(bounds, now, sum.sum());
    }
}
