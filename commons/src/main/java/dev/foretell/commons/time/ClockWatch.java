package dev.foretell.commons.time;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Detects irregular time between two checks, which should be about a second apart: a changed wall clock, a sleeping
 * machine, or a blocked process. Thread-safe.
 */
public final class ClockWatch {
    private static final Duration MAX_STANDSTILL = Duration.ofSeconds(5);
    private static final Duration LARGEST_STEP = Duration.ofSeconds(2);

    private final LongSupplier nanoClock;
    private OptionalLong lastMillis = OptionalLong.empty();
    private long lastNanos;

    public ClockWatch(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * The irregularity since the last check, for the log; empty if there was none, and at first.
     *
     * @param millis the time of the watched wall clock, which may be another machine's, in milliseconds since 1970
     */
    public synchronized Optional<String> look(long millis) {
        long nanos = nanoClock.getAsLong();
        Duration passed = Duration.ofNanos(nanos - lastNanos);
        Optional<Duration> change = lastMillis.stream()
                .mapToObj(last -> Duration.ofMillis(millis - last).minus(passed))
                .findFirst();
        lastNanos = nanos;
        lastMillis = OptionalLong.of(millis);
        return change.flatMap(step -> irregularity(passed, step));
    }

    private static Optional<String> irregularity(Duration passed, Duration step) {
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
