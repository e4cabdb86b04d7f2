package dev.foretell.router.upstream.measure;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The 99th percentile of how long an endpoint's answers took, in half octaves: what it says is too long by a factor of 1.5 at most,
 * never too short. The first 128 answers are forgotten, for a process that has just begun is slow; from then on older ones count
 * less: all are halved at every 1,000. Takes room once there is an answer. Thread-safe, without locks; what is noted while they
 * are halved may be lost.
 */
public final class TailLatency {
    /** Fewer say nothing of the slowest in a hundred. */
    public static final int ENOUGH = 20;

    private static final int COLD = 128;
    private static final int MAX = 1_000;
    /** 16 µs: what is faster is not told apart. */
    private static final int FIRST_OCTAVE = 14;

    private static final int BUCKETS = 2 * (38 - FIRST_OCTAVE);
    private static final int TOTAL = BUCKETS;

    private volatile @Nullable AtomicIntegerArray counts;
    private volatile boolean isWarm;

    public void observe(long nanos) {
        AtomicIntegerArray now = counts;
        if (now == null) {
            now = first();
        }
        now.getAndIncrement(bucket(nanos));
        int total = now.incrementAndGet(TOTAL);
        if (total == COLD && !isWarm) {
            isWarm = true;
            counts = new AtomicIntegerArray(BUCKETS + 1);
        } else if (total == MAX) {
            halve(now);
        }
    }

    private synchronized AtomicIntegerArray first() {
        AtomicIntegerArray known = counts;
        if (known == null) {
            known = new AtomicIntegerArray(BUCKETS + 1);
            counts = known;
        }
        return known;
    }

    private static void halve(AtomicIntegerArray counts) {
        for (int i = 0; i <= BUCKETS; i++) {
            counts.updateAndGet(i, count -> count / 2);
        }
    }

    /** Half octaves above 16 µs. */
    private static int bucket(long nanos) {
        int octave = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (octave < FIRST_OCTAVE) {
            return 0;
        }
        int half = (int) (nanos >> (octave - 1)) & 1;
        return Math.min(BUCKETS - 1, 2 * (octave - FIRST_OCTAVE) + half);
    }

    private static long upperBound(int bucket) {
        long octave = 1L << (FIRST_OCTAVE + bucket / 2);
        return bucket % 2 == 0 ? octave + octave / 2 : 2 * octave;
    }

    /** In nanoseconds; -1 while fewer answers than {@code enough} are known. */
    public long p99Nanos(int enough) {
        AtomicIntegerArray now = counts;
        int total = now == null ? 0 : now.get(TOTAL);
        if (now == null || total < Math.max(1, enough)) {
            return -1;
        }
        int slowest = Math.max(1, total / 100);
        int bucket = BUCKETS;
        for (int seen = 0; seen < slowest && bucket > 0; seen += now.get(bucket)) {
            bucket--;
        }
        return upperBound(bucket);
    }
}
