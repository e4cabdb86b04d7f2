package dev.foretell.router.upstream.measure;

import java.util.concurrent.TimeUnit;

/**
 * The usual response time of an endpoint: an average that favours recent calls. Unlike {@link LatencyEwma}, it neither
 * fades nor includes failures. Updates may race; a lost sample does not matter.
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

    /** 0 before the first response. */
    public long nanos() {
        return nanos;
    }

    /**
     * Whether a worker could have responded in this time: four times the usual time and 50 ms, or 1 s before its first
     * response.
     */
    public boolean isGenerous(long waitedNanos) {
        long usual = nanos;
        return waitedNanos >= (usual == 0 ? UNKNOWN_NANOS : Math.max(AT_LEAST_NANOS, GENEROUS * usual));
    }
}
