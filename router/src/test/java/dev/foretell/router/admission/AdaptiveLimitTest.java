package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private final AdaptiveLimit limit = new AdaptiveLimit(100);
    private long nowNanos;

    /** As many calls as the limit lets in, for so many seconds, each taking so long. */
    private void underLoad(int seconds, long millisEach) {
        long took = TimeUnit.MILLISECONDS.toNanos(millisEach);
        for (long end = nowNanos + TimeUnit.SECONDS.toNanos(seconds); nowNanos < end; nowNanos += took) {
            for (int i = 0; i < limit.now(); i++) {
                limit.onCallEnd(nowNanos, took, limit.now(), false);
            }
        }
    }

    @Test
    void startsAtTwentyOrAtItsMost() {
        assertThat(limit.now()).isEqualTo(20);
        assertThat(new AdaptiveLimit(5).now()).isEqualTo(5);
    }

    @Test
    void growsWhileCallsKeepTheirPaceUpToItsMost() {
        underLoad(10, 20);
        assertThat(limit.now()).isBetween(21, 99);

        underLoad(200, 20);
        assertThat(limit.now()).isEqualTo(100);
    }

    @Test
    void shrinksWhenCallsTakeLonger() {
        underLoad(200, 20);

        underLoad(30, 200);

        assertThat(limit.now()).isLessThan(50);
    }

    @Test
    void doesNotGrowWhileItIsNotMadeUseOf() {
        for (int i = 0; i < 10_000; i++) {
            limit.onCallEnd(nowNanos, TimeUnit.MILLISECONDS.toNanos(20), 1, false);
            nowNanos += TimeUnit.MILLISECONDS.toNanos(20);
        }

        assertThat(limit.now()).isEqualTo(20);
    }
}
