package dev.foretell.router.history;

/**
 * The buckets of durations, and percentiles from counts per bucket. Within a bucket, durations count as evenly spread.
 *
 * @param bounds the upper bound of each bucket in milliseconds, except the last, which has none
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record Durations(double[] bounds) {
    /** The number of buckets. */
    public int buckets() {
        return bounds.length + 1;
    }

    /** In milliseconds; not a number without responses. The last bucket counts as its lower bound. */
    public float percentile(int[] counts, double share) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        double rank = share * all;
        double seen = 0;
        for (int i = 0; i < counts.length && all > 0; i++) {
            if (counts[i] > 0 && seen + counts[i] >= rank) {
                return (float) within(i, (rank - seen) / counts[i]);
            }
            seen += counts[i];
        }
        return Float.NaN;
    }

    private double within(int bucket, double share) {
        double from = bucket == 0 ? 0 : bounds[bucket - 1];
        return bucket == bounds.length ? from : from + share * (bounds[bucket] - from);
    }
}
