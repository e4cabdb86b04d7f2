package dev.foretell.router.predict.hedge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The 95th percentile of a model's recent response times, to about a tenth. Counts responses in buckets of an eighth of
 * an octave; all counts are halved from time to time, so that old ones fade. Thread-safe without locks: a lost count
 * does not matter.
 */
public final class RecentP95 {
    static final int ENOUGH = 100;

    /** From 2^10 ns (a microsecond) to 2^39 ns (nine minutes). */
    private static final int FIRST_OCTAVE = 10;

    private static final int LAST_OCTAVE = 38;
    private static final int PER_OCTAVE = 8;
    private static final int BUCKETS = (LAST_OCTAVE - FIRST_OCTAVE + 1) * PER_OCTAVE;
    private static final int LOOK_EVERY = 32;
    private static final int FADE_AT = 2048;

    private final AtomicIntegerArray buckets = new AtomicIntegerArray(BUCKETS);
    private final AtomicInteger samples = new AtomicInteger();
    private volatile long nanos;

    public void observe(long latencyNanos) {
        buckets.incrementAndGet(bucket(latencyNanos));
        int count = samples.incrementAndGet();
        if (count >= ENOUGH && (count == ENOUGH || count % LOOK_EVERY == 0)) {
            look();
        }
    }

    /** 0 until there are enough responses. */
    public long nanos() {
        return nanos;
    }

    private void look() {
        int total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += buckets.get(i);
        }
        int slower = total / 20;
        int at = BUCKETS - 1;
        for (int seen = buckets.get(at); seen <= slower && at > 0; seen += buckets.get(at)) {
            at--;
        }
        nanos = upperEdge(at);
        if (total >= FADE_AT) {
            fade();
        }
    }

    private void fade() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets.getAndUpdate(i, count -> count / 2);
        }
    }

    static int bucket(long nanos) {
        int octave = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (octave < FIRST_OCTAVE) {
            return 0;
        }
        int eighth = (int) (nanos >>> (octave - 3)) & 7;
        return Math.min(BUCKETS - 1, (octave - FIRST_OCTAVE) * PER_OCTAVE + eighth);
    }

    static long upperEdge(int bucket) {
        long octave = 1L << (FIRST_OCTAVE + bucket / PER_OCTAVE);
        return octave + octave / PER_OCTAVE * (bucket % PER_OCTAVE + 1);
    }
}
