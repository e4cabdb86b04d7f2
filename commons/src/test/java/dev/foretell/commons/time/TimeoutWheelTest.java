package dev.foretell.commons.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeoutWheelTest {
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final List<String> wentOff = new ArrayList<>();
    private long now;
    private final TimeoutWheel wheel = new TimeoutWheel((millis, action) -> alarms.add(action), () -> now);

    @Test
    void goesOffAtItsTimeAndNotBefore() {
        wheel.at(millis(100), () -> wentOff.add("a"));

        advanceTo(99);
        assertThat(wentOff).isEmpty();
        advanceTo(106);
        assertThat(wentOff).containsExactly("a");
    }

    @Test
    void whatIsTakenBackDoesNotGoOff() {
        TimeoutWheel.Timeout timeout = wheel.at(millis(10), () -> wentOff.add("a"));

        timeout.cancel();
        timeout.cancel();
        advanceTo(100);

        assertThat(wentOff).isEmpty();
        assertThat(alarms).isEmpty();
    }

    @Test
    void oneThatGoesOffMayTakeBackItsNeighbour() {
        List<TimeoutWheel.Timeout> timeouts = new ArrayList<>();
        timeouts.add(wheel.at(millis(10), () -> wentOff.add("first")));
        timeouts.add(wheel.at(millis(10), () -> {
            wentOff.add("second");
            timeouts.get(0).cancel();
        }));

        advanceTo(20);

        assertThat(wentOff).containsExactly("second");
    }

    @Test
    void oneInThePastGoesOffAtTheNextTick() {
        now = millis(1000);
        wheel.at(millis(1), () -> wentOff.add("late"));

        advanceTo(1010);

        assertThat(wentOff).containsExactly("late");
    }

    @Test
    void farAheadIsMoreThanOneTurnOfTheWheel() {
        long hour = Duration.ofHours(1).toMillis();
        wheel.at(millis(hour), () -> wentOff.add("hour"));

        for (long at = 0; at < hour; at += 1000) {
            advanceTo(at);
        }
        assertThat(wentOff).isEmpty();
        advanceTo(hour + 10);
        assertThat(wentOff).containsExactly("hour");
    }

    @Test
    void manyGoOffEachInItsTick() {
        Random random = new Random(7);
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            long due = 1 + random.nextInt(20_000);
            wheel.at(millis(due), () -> late.add(now / 1_000_000 - due));
        }

        for (long at = 0; at <= 20_010; at++) {
            advanceTo(at);
        }

        assertThat(late).hasSize(2000).allSatisfy(by -> assertThat(by).isBetween(0L, 6L));
        assertThat(alarms).isEmpty();
    }

    @Test
    void anActionMaySetTheNext() {
        wheel.in(millis(10), () -> {
            wentOff.add("first");
            wheel.in(millis(10), () -> wentOff.add("second"));
        });

        advanceTo(16);
        assertThat(wentOff).containsExactly("first");
        advanceTo(32);
        assertThat(wentOff).containsExactly("first", "second");
    }

    @Test
    void turnsAgainAfterAllHaveGoneOff() {
        wheel.in(millis(10), () -> wentOff.add("first"));
        advanceTo(16);
        assertThat(alarms).isEmpty();

        TimeoutWheel.Timeout second = wheel.in(millis(10), () -> wentOff.add("second"));
        wheel.in(millis(10), () -> wentOff.add("third"));
        advanceTo(32);
        second.cancel();

        assertThat(wentOff).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(alarms).isEmpty();
    }

    /** System.nanoTime may be anything. */
    @Test
    void theClockMayOverflow() {
        now = Long.MAX_VALUE - millis(3);
        TimeoutWheel late = new TimeoutWheel((millis, action) -> alarms.add(action), () -> now);
        late.in(millis(10), () -> wentOff.add("a"));

        now += millis(9);
        alarms.remove().run();
        assertThat(wentOff).isEmpty();
        now += millis(7);
        alarms.remove().run();

        assertThat(wentOff).containsExactly("a");
        assertThat(alarms).isEmpty();
    }

    private void advanceTo(long millis) {
        now = millis(millis);
        Runnable alarm = alarms.poll();
        if (alarm != null) {
            alarm.run();
        }
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
