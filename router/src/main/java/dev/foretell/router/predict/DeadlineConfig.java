package dev.foretell.router.predict;

import java.time.Duration;

/**
 * How long a predict call may take, retries and all.
 *
 * @param byDefault for callers that send no {@code X-Request-Timeout-Ms}
 * @param longest what a caller may ask for at most; longer wishes are cut to it
 */
public record DeadlineConfig(Duration byDefault, Duration longest) {
    public DeadlineConfig {
        if (byDefault.toMillis() < 1 || longest.compareTo(byDefault) < 0) {
            throw new IllegalArgumentException("by-default must be at least 1ms, and longest no shorter");
        }
    }

    public static DeadlineConfig defaults() {
        return new DeadlineConfig(Duration.ofSeconds(10), Duration.ofSeconds(300));
    }
}
