package dev.foretell.router.http.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Converts a nanosecond of the monotonic clock to a time of day. The result is stable to the nanosecond, unless the
 * wall clock jumps. Thread-safe.
 */
final class TimeOfDay {
    private static final Duration JUMP = Duration.ofSeconds(1);

    private final Clock clock;
    private final LongSupplier nanoClock;
    private volatile Mark mark;

    private record Mark(Instant time, long nanos) {
        Instant at(long then) {
            return time.plusNanos(then - nanos);
        }
    }

    TimeOfDay(Clock clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.mark = new Mark(clock.instant(), nanoClock.getAsLong());
    }

    Instant at(long nanos) {
        Mark now = new Mark(clock.instant(), nanoClock.getAsLong());
        if (Duration.between(mark.at(now.nanos()), now.time()).abs().compareTo(JUMP) > 0) {
            mark = now;
        }
        return mark.at(nanos);
    }
}
