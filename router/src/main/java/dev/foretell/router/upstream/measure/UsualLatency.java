package dev.foretell.router.upstream.measure;

import java.util.concurrent.TimeUnit;

/**
 * How long an endpoint's answered calls take as a rule: an average that leans to the latest, and that, unlike
 * {@link LatencyEwma}, neither fades nor knows of failures. Updates may race; the loser's sample is lost.
 */
public final class UsualLatency {
    private static final int GENEROUS = 4;
    private static final long AT_LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long nanos;

    public void observe(long latencyNanos) {
        long before = nanos;
        nanos = before == 0 ? latencyNanos : before + (latencyNanos - before) / 8;
    }

    /** 0 while none was answered. */
    public long nanos() {
        return nanos;
    }

    /** Whether a worker could have answered in this time: four times the usual and 50 ms; 1 s while it never answered. */
    public boolean isGenerous(long waitedNanos) {
        long usual = nanos;
        return waitedNanos >= (usual == 0 ? UNKNOWN_NANOS : Math.max(AT_LEAST_NANOS, GENEROUS * usual));
    }
}
