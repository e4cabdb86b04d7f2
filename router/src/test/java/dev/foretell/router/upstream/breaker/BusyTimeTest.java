package dev.foretell.router.upstream.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BusyTimeTest {
    private long now;
    private int changes;
    private final Deque<Long> lengths = new ArrayDeque<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final BusyTime busy = new BusyTime(
            (millis, action) -> {
                lengths.add(millis);
                timers.add(action);
            },
            () -> now,
            () -> changes++);

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void beginsAndIsOverAndTellsOfBoth() {
        busy.begin(Duration.ofSeconds(2));
        assertThat(busy.isBusy()).isTrue();
        assertThat(busy.remainingNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
        assertThat(changes).isEqualTo(1);

        pass(3);
        timers.remove().run();

        assertThat(busy.isBusy()).isFalse();
        assertThat(busy.remainingNanos()).isZero();
        assertThat(changes).isEqualTo(2);
        assertThat(timers).isEmpty();
    }

    @Test
    void manyBusyAnswersTakeOneTimerAndTheLatestCounts() {
        for (int i = 0; i < 100; i++) {
            busy.begin(Duration.ofSeconds(2));
        }
        pass(1);
        busy.begin(Duration.ofSeconds(5));
        assertThat(timers).hasSize(1);

        pass(1);
        timers.remove().run();

        assertThat(busy.isBusy()).isTrue();
        assertThat(changes).isEqualTo(1);
        assertThat(lengths).containsExactly(2001L, 4001L);
    }
}
