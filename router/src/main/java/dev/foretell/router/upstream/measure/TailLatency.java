package dev.foretell.router.upstream.measure;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The 99th percentile of an endpoint's response times in half octaves: the result is never too low and at most 1.5
 * times too high. The first 128 responses are ignored, because a new process is slow. Older responses count less: all
 * counts are halved every 1,000 responses. Takes memory only after the first response. Thread-safe, without locks;
 * samples during the halving may be lost.
 */
public final class TailLatency {
    /** With fewer responses, the 99th percentile has no meaning. */
    public static final int ENOUGH = 20;

    private static final int COLD = 128;
    private static final int MAX = 1_000;
    /** 16 µs: all faster responses count alike. */
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

    /** In nanoseconds; -1 with fewer than {@code enough} responses. */
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
