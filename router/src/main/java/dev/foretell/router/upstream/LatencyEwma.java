package dev.foretell.router.upstream;

/**
 * Recent latency as an exponentially weighted moving average in time: a sample's influence halves about every seven
 * seconds, and a slower sample counts at once (Finagle's peak EWMA), so that a worker that turns slow is noticed by its
 * first slow call. Updates may race; the loser's sample is lost, which an average can bear.
 */
final class LatencyEwma {
    private static final double TAU_NANOS = 10e9;

    private volatile double average;
    private volatile long updatedAt;

    void observe(long latencyNanos, long nowNanos) {
        double before = average;
        if (before == 0 || latencyNanos > before) {
            average = latencyNanos;
        } else {
            double keep = Math.exp(-Math.max(1, nowNanos - updatedAt) / TAU_NANOS);
            average = before * keep + latencyNanos * (1 - keep);
        }
        updatedAt = nowNanos;
    }

    /** 0 while nothing was observed. */
    double nanos() {
        return average;
    }
}
