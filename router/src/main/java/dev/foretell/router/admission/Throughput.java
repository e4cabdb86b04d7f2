package dev.foretell.router.admission;

import java.util.concurrent.TimeUnit;

/**
 * How fast calls get through, by Little's law: calls in flight ÷ the time each takes. Recent calls weigh more; a time without
 * calls changes nothing. Guarded by its {@link ModelLimiter}.
 */
final class Throughput {
    private static final double WEIGHT = 0.1;
    private static final double MAX_SECONDS = 60;

    private double meanNanos;

    void onCallEnd(long tookNanos) {
        meanNanos = meanNanos == 0 ? tookNanos : meanNanos + WEIGHT * (tookNanos - meanNanos);
    }

    /** In how many seconds so many waiting calls are through: 1 to 60, and 1 as long as no call has ended. */
    int secondsFor(int waiting, int inFlight) {
        double perSecond = Math.max(1, inFlight) * TimeUnit.SECONDS.toNanos(1) / meanNanos;
        return (int) Math.max(1, Math.min(MAX_SECONDS, Math.ceil(waiting / perSecond)));
    }
}
