package dev.foretell.commons.time;

import java.time.Duration;

/**
 * The absolute time by which a call must have its response, on the clock of {@link System#nanoTime()}.
 *
 * @param fromNanos when the call arrived
 * @param isHasty whether the caller set it, and shorter than the default
 */
public record Deadline(long fromNanos, long atNanos, boolean isHasty) {
    /** A deadline without an arrival time. */
    public Deadline(long atNanos) {
        this(atNanos, atNanos, false);
    }

    public static Deadline after(Duration wait, long nowNanos) {
        return new Deadline(nowNanos, nowNanos + wait.toNanos(), false);
    }

    /** Nanoseconds left; zero or less after the deadline. */
    public long remainingNanos(long nowNanos) {
        return atNanos - nowNanos;
    }

    /**
     * Milliseconds left, rounded up, at least 1: the value for timers and for the header {@code X-Request-Timeout-Ms}.
     */
    public long remainingMillis(long nowNanos) {
        return Math.max(1, (remainingNanos(nowNanos) + 999_999) / 1_000_000);
    }

    public boolean isPast(long nowNanos) {
        return remainingNanos(nowNanos) <= 0;
    }
}
