package dev.foretell.router.upstream.measure;

/**
 * The recent latency as an exponentially weighted moving average over time. A slower sample counts at once (Finagle's
 * peak EWMA), so the first slow call reveals a slow worker. The value then halves every seven seconds, so that the
 * worker is tried again. It is forgotten after half a minute without calls: otherwise, one response of seconds, such as
 * a cold start, would keep an idle model's worker unused for over a minute. Updates may race; the average can bear a
 * lost sample.
 */
public final class LatencyEwma {
    private static final double TAU_NANOS = 10e9;
    /** In multiples of the half-life. */
    private static final double FORGOTTEN = 3;
    /** For smaller arguments, the first two terms of the series are exact to a millionth. */
    private static final double NEAR = 1e-3;

    private volatile double average;
    private volatile long updatedAt;

    public void observe(long latencyNanos, long nowNanos) {
        double keep = keep(nowNanos);
        double before = average * keep;
        average = latencyNanos > before ? latencyNanos : before + latencyNanos * (1 - keep);
        updatedAt = nowNanos;
    }

    /** Records a call that was no longer waited for: it took at least this long. */
    public void observeAtLeast(long latencyNanos, long nowNanos) {
        if (latencyNanos > nanos(nowNanos)) {
            observe(latencyNanos, nowNanos);
        }
    }

    /** 0 while there are no samples, or none for half a minute. */
    public double nanos(long nowNanos) {
        return average == 0 ? 0 : average * keep(nowNanos);
    }

    private double keep(long nowNanos) {
        double past = Math.max(1, nowNanos - updatedAt) / TAU_NANOS;
        if (past > FORGOTTEN) {
            return 0;
        }
        return past < NEAR ? 1 - past : Math.exp(-past);
    }
}
