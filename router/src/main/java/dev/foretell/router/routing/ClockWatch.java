package dev.foretell.router.routing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Detects irregular time between two checks, which should be about a second apart: a changed wall clock, a sleeping
 * machine, or a blocked process. Thread-safe.
 */
final class ClockWatch {
    private static final Duration MAX_STANDSTILL = Duration.ofSeconds(5);
    private static final Duration LARGEST_STEP = Duration.ofSeconds(2);

    private final LongSupplier nanoClock;
    private final Clock wall;
    private long lastNanos;
    private long lastMillis;

    ClockWatch(LongSupplier nanoClock, Clock wall) {
        this.nanoClock = nanoClock;
        this.wall = wall;
        this.lastNanos = nanoClock.getAsLong();
        this.lastMillis = wall.millis();
    }

    /** The irregularity since the last check, for the log; empty if there was none. */
    synchronized Optional<String> look() {
        long nanos = nanoClock.getAsLong();
        long millis = wall.millis();
        Duration passed = Duration.ofNanos(nanos - lastNanos);
        Duration step = Duration.ofMillis(millis - lastMillis).minus(passed);
        lastNanos = nanos;
        lastMillis = millis;
        if (step.abs().compareTo(LARGEST_STEP) > 0) {
            String where = step.isNegative() ? "back" : "ahead";
            return Optional.of(
                    "the wall clock was set " + step.abs().toSeconds() + " s " + where + ", or the machine slept");
        }
        return passed.compareTo(MAX_STANDSTILL) > 0
                ? Optional.of("this process was blocked for " + passed.toSeconds() + " s")
                : Optional.empty();
    }
}
