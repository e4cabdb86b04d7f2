package dev.foretell.router.upstream.pool;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The share of a new or returning worker: a tenth at first, then growing linearly to all of it. Its caches are cold and
 * its code is not compiled, so a full share would hit it at its slowest. Thread-safe.
 */
final class SlowStart {
    private static final long FIRST_PERCENT = 10;

    private final LongSupplier nanoClock;
    private volatile long lengthNanos;

    SlowStart(Duration length, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.lengthNanos = length.toNanos();
    }

    void adopt(Duration length) {
        lengthNanos = length.toNanos();
    }

    LongSupplier nanoClock() {
        return nanoClock;
    }

    boolean isOver(long sinceNanos) {
        return nanoClock.getAsLong() - sinceNanos >= lengthNanos;
    }

    /** The percentage of its share, for a worker that is available since then. */
    long percent(long sinceNanos) {
        long length = lengthNanos;
        long passed = Math.max(0, nanoClock.getAsLong() - sinceNanos);
        return passed >= length ? 100 : FIRST_PERCENT + (100 - FIRST_PERCENT) * passed / length;
    }
}
