package dev.foretell.cli.bench;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts latencies in buckets whose width is 1/16 of their octave, so that a percentile is at most 6.25 % too high. It takes the
 * same memory for any number of calls. Thread-safe.
 */
final class LatencyHistogram {
    private static final int PARTS = 16;
    private static final int PART_BITS = 4;
    private static final int BUCKETS = 40 * PARTS; // up to 2^42 µs

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);
    private final LongAdder sum = new LongAdder();

    void record(long micros) {
        long counted = Math.max(0, micros);
        counts.incrementAndGet(Math.min(BUCKETS - 1, bucket(counted)));
        max.accumulate(counted);
        sum.add(counted);
    }

    private static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int octave = 63 - Long.numberOfLeadingZeros(micros) - PART_BITS;
        return (octave << PART_BITS) + (int) (micros >> octave);
    }

    /** The latencies of a bucket are below this. */
    private static long end(int bucket) {
        int octave = Math.max(0, (bucket >> PART_BITS) - 1);
        return (bucket - ((long) octave << PART_BITS) + 1) << octave;
    }

    long count() {
        return countBelow(Long.MAX_VALUE);
    }

    /** Calls in the buckets that end at or before this time. */
    long countBelow(long micros) {
        long count = 0;
        for (int i = 0; i < BUCKETS && end(i) <= micros; i++) {
            count += counts.get(i);
        }
        return count;
    }

    long maxMicros() {
        return max.get();
    }

    double meanMicros() {
        long count = count();
        return count == 0 ? 0 : (double) sum.sum() / count;
    }

    /** The latency that this share of the calls does not exceed; 0 without calls. */
    long percentileMicros(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && wanted > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return Math.min(end(i), max.get());
            }
        }
        return 0;
    }
}
