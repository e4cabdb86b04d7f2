package dev.foretell.router.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of its share a worker gets after it came (back): a tenth at first, all of it after a while, in a straight line.
 * Its caches are cold and its code is not compiled yet; a full share at once would meet it at its slowest.
 */
record SlowStart(Duration length, LongSupplier nanoClock) {
    private static final long FIRST_PERCENT = 10;

    boolean isOver(long sinceNanos) {
        return nanoClock.getAsLong() - sinceNanos >= length.toNanos();
    }

    /** Percent of the share, for a worker that is there since then. */
    long percent(long sinceNanos) {
        if (isOver(sinceNanos)) {
            return 100;
        }
        long passed = Math.max(0, nanoClock.getAsLong() - sinceNanos);
        return FIRST_PERCENT + (100 - FIRST_PERCENT) * passed / length.toNanos();
    }
}
