package dev.foretell.router.upstream.measure;

/**
 * Recent latency as an exponentially weighted moving average in time: a slower sample counts at once (Finagle's peak EWMA),
 * so that a worker that turns slow is noticed by its first slow call; from then on it fades, halving every seven seconds,
 * so that the worker is tried again. After half a minute without a call it is forgotten: an answer of seconds, at a cold start
 * say, would keep a worker from idle models for more than a minute beside one that takes milliseconds. Updates may race; the
 * loser's sample is lost, which an average can bear.
 */
public final class LatencyEwma {
    private static final double TAU_NANOS = 10e9;
    /** In units of that. */
    private static final double FORGOTTEN = 3;
    /** So near, the first two terms of the series are exact to a millionth. */
    private static final double NEAR = 1e-3;

    private volatile double average;
    private volatile long updatedAt;

    public void observe(long latencyNanos, long nowNanos) {
        double keep = keep(nowNanos);
        double before = average * keep;
        average = latencyNanos > before ? latencyNanos : before + latencyNanos * (1 - keep);
        updatedAt = nowNanos;
    }

    /** Takes note of a call that was not waited for any longer: it took at least so long. */
    public void observeAtLeast(long latencyNanos, long nowNanos) {
        if (latencyNanos > nanos(nowNanos)) {
            observe(latencyNanos, nowNanos);
        }
    }

    /** 0 while nothing was observed, or nothing for half a minute. */
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
