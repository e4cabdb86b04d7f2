package dev.foretell.router.admission;

import java.util.concurrent.TimeUnit;

/**
 * The throughput of calls by Little's law: calls in flight ÷ time per call. Recent calls weigh more; a pause changes
 * nothing. Guarded by its {@link ModelLimiter}.
 */
final class Throughput {
    private static final double WEIGHT = 0.1;
    private static final double MAX_SECONDS = 60;

    private double meanNanos;

    void onCallEnd(long tookNanos) {
        meanNanos = meanNanos == 0 ? tookNanos : meanNanos + WEIGHT * (tookNanos - meanNanos);
    }

    /** The seconds until this number of waiting calls has ended: 1 to 60, or 1 before the first call has ended. */
    int secondsFor(int waiting, int inFlight) {
        double perSecond = Math.max(1, inFlight) * TimeUnit.SECONDS.toNanos(1) / meanNanos;
        return (int) Math.max(1, Math.min(MAX_SECONDS, Math.ceil(waiting / perSecond)));
    }
}
