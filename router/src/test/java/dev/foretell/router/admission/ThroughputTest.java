package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private final Throughput throughput = new Throughput();

    @Test
    void isASecondAsLongAsNothingIsKnown() {
        assertThat(throughput.secondsFor(1000, 4)).isEqualTo(1);
    }

    @Test
    void isTheLengthOfTheQueueByThePace() {
        throughput.onCallEnd(TimeUnit.MILLISECONDS.toNanos(500));

        assertThat(throughput.secondsFor(64, 4)).isEqualTo(8);
        assertThat(throughput.secondsFor(65, 4)).isEqualTo(9);
    }

    @Test
    void isFromOneToSixtySeconds() {
        throughput.onCallEnd(TimeUnit.SECONDS.toNanos(10));

        assertThat(throughput.secondsFor(0, 1)).isEqualTo(1);
        assertThat(throughput.secondsFor(1000, 1)).isEqualTo(60);
    }

    @Test
    void followsAChangeOfPace() {
        throughput.onCallEnd(TimeUnit.SECONDS.toNanos(10));
        for (int i = 0; i < 100; i++) {
            throughput.onCallEnd(TimeUnit.MILLISECONDS.toNanos(100));
        }

        assertThat(throughput.secondsFor(10, 1)).isBetween(1, 2);
    }
}
