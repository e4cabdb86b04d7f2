package dev.foretell.router.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowStartTest {
    private long now = 1_000;
    private final SlowStart slowStart = new SlowStart(Duration.ofSeconds(30), () -> now);

    @Test
    void growsFromATenthToAllInAStraightLine() {
        long since = now;

        assertThat(slowStart.percent(since)).isEqualTo(10);
        now += Duration.ofSeconds(15).toNanos();
        assertThat(slowStart.percent(since)).isEqualTo(55);
        assertThat(slowStart.isOver(since)).isFalse();
        now += Duration.ofSeconds(15).toNanos();
        assertThat(slowStart.percent(since)).isEqualTo(100);
        assertThat(slowStart.isOver(since)).isTrue();
    }

    @Test
    void withoutALengthAllIsThereAtOnce() {
        SlowStart none = new SlowStart(Duration.ZERO, () -> now);

        assertThat(none.percent(now)).isEqualTo(100);
        assertThat(none.isOver(now)).isTrue();
    }
}
