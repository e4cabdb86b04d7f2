package dev.foretell.router.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a worker may take to respond to a probe before it counts as late: four times its slowest recent probe, and
 * at least a quarter of a second. Confined to the monitor's event loop.
 */
final class ProbePatience {
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int TIMES = 4;

    private long slowestNanos;

    /** A probe took this long. A slow probe is forgotten gradually: a quarter with each further probe. */
    void observe(long nanos) {
        slowestNanos = Math.max(nanos, slowestNanos - slowestNanos / 4);
    }

    /** @param most the maximum time of a probe */
    long millis(Duration most) {
        long nanos = Math.min(most.toNanos(), Math.max(MIN_NANOS, TIMES * slowestNanos));
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
