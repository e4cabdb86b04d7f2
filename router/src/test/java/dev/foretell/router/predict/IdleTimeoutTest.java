package dev.foretell.router.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.time.TimeoutWheel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleTimeoutTest {
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private long nowMillis = 1_000_000;
    private int silences;
    private final TimeoutWheel wheel =
            new TimeoutWheel((millis, action) -> alarms.add(action), () -> TimeUnit.MILLISECONDS.toNanos(nowMillis));

    private IdleTimeout of(long millis) {
        return new IdleTimeout(
                wheel,
                TimeUnit.MILLISECONDS.toNanos(millis),
                () -> TimeUnit.MILLISECONDS.toNanos(nowMillis),
                () -> silences++);
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 5) {
            nowMillis += 5;
            Runnable due = alarms.poll();
            if (due != null) {
                due.run();
            }
        }
    }

    @Test
    void actsOnceNothingWasHeardForSoLong() {
        IdleTimeout silence = of(100);
        for (int i = 0; i < 5; i++) {
            pass(80);
            silence.reset();
        }
        assertThat(silences).isZero();

        pass(110);
        pass(500);

        assertThat(silences).isEqualTo(1);
        assertThat(alarms).isEmpty();
    }

    @Test
    void doesNotActOnceItIsOver() {
        IdleTimeout silence = of(100);
        pass(50);
        silence.end();
        pass(500);

        assertThat(silences).isZero();
    }
}
