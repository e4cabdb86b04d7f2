package dev.foretell.router.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a probe of one worker may go without an answer before the worker counts as late: four times the slowest of its
 * latest probes, and a quarter of a second at least. Confined to the monitor's event loop.
 */
final class ProbePatience {
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int TIMES = 4;

    private long slowestNanos;

    /** A probe was answered after so long. What was slow once is forgotten by and by: a quarter with each probe. */
    void observe(long nanos) {
        slowestNanos = Math.max(nanos, slowestNanos - slowestNanos / 4);
    }

    /** @param most as long as a probe takes at the most */
    long millis(Duration most) {
        long nanos = Math.min(most.toNanos(), Math.max(MIN_NANOS, TIMES * slowestNanos));
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
