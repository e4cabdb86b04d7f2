package dev.foretell.router.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;

/**
 * A limit that shrinks while calls take longer than usual, and otherwise grows as far as it is used. It starts at 20
 * and changes about once a second.
 *
 * <p>Source: Gradient2 of Netflix concurrency-limits. It divides the long-term average of the durations by that of the
 * last window; up to 1.5 times the average counts as no change.
 */
final class AdaptiveLimit implements ConcurrencyLimit {
    private static final int START = 20;
    private static final double TOLERANCE = 1.5;

    private final Limit limit;

    AdaptiveLimit(int most) {
        limit = WindowedLimit.newBuilder()
                .build(Gradient2Limit.newBuilder()
                        .initialLimit(Math.min(START, most))
                        .minLimit(1)
                        .maxConcurrency(most)
                        .rttTolerance(TOLERANCE)
                        .build());
    }

    @Override
    public int now() {
        return limit.getLimit();
    }

    @Override
    public void onCallEnd(long startNanos, long tookNanos, int inFlight, boolean overloaded) {
        limit.onSample(startNanos, tookNanos, inFlight, overloaded);
    }
}
