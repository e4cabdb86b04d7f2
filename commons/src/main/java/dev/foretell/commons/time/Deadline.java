package dev.foretell.commons.time;

import java.time.Duration;

/**
 * An absolute point in time by which a call must be answered, on the clock of {@link System#nanoTime()}.
 *
 * @param fromNanos when the call came
 * @param isHasty whether a caller set it, shorter than it would have been otherwise
 */
public record Deadline(long fromNanos, long atNanos, boolean isHasty) {
    /** One where it does not matter when the call came. */
    public Deadline(long atNanos) {
        this(atNanos, atNanos, false);
    }

    public static Deadline after(Duration wait, long nowNanos) {
        return new Deadline(nowNanos, nowNanos + wait.toNanos(), false);
    }

    /** Nanoseconds left; zero or less once the deadline has passed. */
    public long remainingNanos(long nowNanos) {
        return atNanos - nowNanos;
    }

    /** Milliseconds left, rounded up, at least 1: what timers and the {@code X-Request-Timeout-Ms} header take. */
    public long remainingMillis(long nowNanos) {
        return Math.max(1, (remainingNanos(nowNanos) + 999_999) / 1_000_000);
    }

    public boolean isPast(long nowNanos) {
        return remainingNanos(nowNanos) <= 0;
    }
}
