package dev.foretell.router.upstream.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsualLatencyTest {
    private final UsualLatency usual = new UsualLatency();

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aSecondIsGenerousForAWorkerThatNeverAnswered() {
        assertThat(usual.isGenerous(millis(999))).isFalse();
        assertThat(usual.isGenerous(millis(1000))).isTrue();
    }

    @Test
    void generousIsFourTimesTheUsual() {
        usual.observe(millis(100));

        assertThat(usual.isGenerous(millis(399))).isFalse();
        assertThat(usual.isGenerous(millis(400))).isTrue();
    }

    @Test
    void aFewMillisecondsAreNeverGenerous() {
        usual.observe(millis(1));

        assertThat(usual.isGenerous(millis(49))).isFalse();
        assertThat(usual.isGenerous(millis(50))).isTrue();
    }

    @Test
    void followsTheLatest() {
        usual.observe(millis(100));
        for (int i = 0; i < 50; i++) {
            usual.observe(millis(20));
        }

        assertThat(usual.isGenerous(millis(90))).isTrue();
    }
}
