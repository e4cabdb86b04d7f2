package dev.foretell.worker.training.search;

import java.time.Duration;

/** How long a search may still take. */
public interface SearchClock {
    SearchClock ENDLESS = () -> Duration.ofDays(10_000);

    /** 0 or less once it is over. */
    Duration remaining();

    /** @param nanoTime a reading of {@link System#nanoTime} */
    static SearchClock until(long nanoTime) {
        return () -> Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
