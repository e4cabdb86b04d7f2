package dev.foretell.router.predict.hedge;

import java.util.concurrent.TimeUnit;

/**
 * How long a trial call goes unanswered before another worker gets it too: ten times what the others take, at least a tenth
 * of a second, and at the most half of the time that is left.
 */
final class TrialPatience {
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TIMES = 10;

    private TrialPatience() {}

    static long nanos(long latencyNanos, long leftNanos) {
        return Math.min(Math.max(MIN_NANOS, TIMES * latencyNanos), leftNanos / 2);
    }
}
