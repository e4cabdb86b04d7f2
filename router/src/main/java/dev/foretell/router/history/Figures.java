package dev.foretell.router.history;

/**
 * What became of calls in an interval.
 *
 * @param calls calls with any outcome
 * @param errors those that ended in an error for their callers, apart from shed ones
 * @param shed those refused because of load
 * @param inFlight calls in flight at its end
 * @param durations responses per bucket of their duration; of the length that the history was created with
 */
@SuppressWarnings("ArrayRecordComponent") // created for one reader
public record Figures(long calls, long errors, long shed, int inFlight, int[] durations) {
    /** No calls, but some may be in flight. */
    public static Figures idle(int inFlight, int buckets) {
        return new Figures(0, 0, 0, inFlight, new int[buckets]);
    }

    /** Both together. */
    public Figures plus(Figures other) {
        int[] sum = durations.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.durations[i];
        }
        return new Figures(
                calls + other.calls, errors + other.errors, shed + other.shed, inFlight + other.inFlight, sum);
    }
}
