package dev.foretell.router.predict.hedge;

import java.util.concurrent.TimeUnit;

/**
 * How long a trial call waits before another worker gets it too: ten times the latency of the others, at least a tenth
 * of a second, and at most half of the remaining time.
 */
final class TrialPatience {
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TIMES = 10;

    private TrialPatience() {}

    static long nanos(long latencyNanos, long leftNanos) {
        return Math.min(Math.max(MIN_NANOS, TIMES * latencyNanos), leftNanos / 2);
    }
}
