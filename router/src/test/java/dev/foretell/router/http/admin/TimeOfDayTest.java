package dev.foretell.router.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeOfDayTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(7 * SECOND);
    private Instant wall = Instant.parse("2026-01-31T12:00:00Z");

    private final TimeOfDay time = new TimeOfDay(
            new Clock() {
                @Override
                public Instant instant() {
                    return wall;
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            },
            nanos::get);

    @Test
    void isTheSameHoweverOftenAndWheneverItIsAsked() {
        Instant first = time.at(5 * SECOND);

        nanos.addAndGet(60 * SECOND);
        wall = wall.plus(Duration.ofSeconds(60)).plusMillis(900);

        assertThat(first).isEqualTo("2026-01-31T11:59:58Z");
        assertThat(time.at(5 * SECOND)).isEqualTo(first);
    }

    @Test
    void followsAWallClockThatJumps() {
        wall = wall.plus(Duration.ofDays(3));

        assertThat(time.at(5 * SECOND)).isEqualTo("2026-02-03T11:59:58Z");
    }
}
