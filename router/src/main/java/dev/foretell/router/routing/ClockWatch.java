package dev.foretell.router.routing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices that time did not go on as it should between two looks, which are to be about a second apart: the wall clock was
 * set, the machine slept, or this process stood still. Thread-safe.
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

    /** What was wrong since the last look, for the log; empty where nothing was. */
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
                ? Optional.of("this process stood still for " + passed.toSeconds() + " s")
                : Optional.empty();
    }
}
