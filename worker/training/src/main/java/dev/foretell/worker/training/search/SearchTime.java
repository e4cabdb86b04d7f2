package dev.foretell.worker.training.search;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a search may take: its own time limit, over all trainers that have it, and the time that the process has, less what it
 * takes to deliver the best so far.
 *
 * @param startNanos when the process started, by {@link System#nanoTime}
 * @param processMs after how many milliseconds the process is killed
 * @param delivery the share of the process's time that is kept to deliver: {@link #WRITING} or {@link #COMPARING}
 * @param limit the search's own limit
 */
public record SearchTime(long startNanos, long processMs, double delivery, Optional<Duration> limit) {
    /** The best has its file already. */
    public static final double WRITING = 0.02;
    /** It learns once more, without the rows that it is compared on. */
    public static final double COMPARING = 0.1;

    private static final long LEAST_MS = 1000;

    /** @param spentMs what earlier trainers have used of its limit */
    public long end(long spentMs) {
        return startNanos + Duration.ofMillis(Math.max(0, totalMs(spentMs))).toNanos();
    }

    private long totalMs(long spentMs) {
        long reserve = LEAST_MS
                + (long) (delivery * Math.min(processMs, Duration.ofHours(1).toMillis()));
        long own = limit.map(time -> time.toMillis() - spentMs).orElse(Long.MAX_VALUE);
        return Math.min(own, Math.min(processMs - reserve, Duration.ofDays(365).toMillis()));
    }

    public long spentMs() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    }

    /** How much of the time is used, from 0 to 1. */
    public double done(long spentMs) {
        return Math.min(1, (double) (System.nanoTime() - startNanos) / Math.max(1, end(spentMs) - startNanos));
    }

    public long leftMs(long spentMs) {
        return Math.max(0, Duration.ofNanos(end(spentMs) - System.nanoTime()).toMillis());
    }
}
