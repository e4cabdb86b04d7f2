package dev.foretell.router.upstream.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyEwmaTest {
    private static final long SECOND = 1_000_000_000L;

    private final LatencyEwma latency = new LatencyEwma();

    @Test
    void isUnknownAtFirst() {
        assertThat(latency.nanos(5)).isZero();
    }

    @Test
    void takesASlowerSampleAtOnce() {
        latency.observe(1_000_000, 0);
        latency.observe(80_000_000, 1);

        assertThat(latency.nanos(1)).isCloseTo(80_000_000, within(1.0));
    }

    @Test
    void fadesByHalfInSevenSeconds() {
        latency.observe(80_000_000, 0);

        assertThat(latency.nanos(7 * SECOND)).isCloseTo(40_000_000, within(400_000.0));
    }

    @Test
    void isForgottenAfterHalfAMinuteHoweverSlowItWas() {
        latency.observe(20 * SECOND, 0);

        assertThat(latency.nanos(29 * SECOND)).isGreaterThan(1_000_000_000);
        assertThat(latency.nanos(31 * SECOND)).isZero();

        latency.observe(2_000_000, 31 * SECOND);
        assertThat(latency.nanos(31 * SECOND)).isCloseTo(2_000_000, within(1.0));
    }

    @Test
    void aCallThatWasNotWaitedForCountsOnlyWhereItWasSlow() {
        latency.observe(5_000_000, 0);

        latency.observeAtLeast(1_000_000, 1);
        assertThat(latency.nanos(1)).isCloseTo(5_000_000, within(1.0));

        latency.observeAtLeast(80_000_000, 1);
        assertThat(latency.nanos(1)).isCloseTo(80_000_000, within(1.0));
    }

    @Test
    void staysWhereSamplesStay() {
        for (int i = 0; i < 1000; i++) {
            latency.observe(5_000_000, i * SECOND / 10);
        }

        assertThat(latency.nanos(100 * SECOND)).isCloseTo(5_000_000, within(100_000.0));
    }

    @Test
    void aClockThatStandsStillOrGoesBackDoesNoHarm() {
        latency.observe(5_000_000, 10);
        latency.observe(1_000_000, 10);
        latency.observe(1_000_000, 3);

        assertThat(latency.nanos(1)).isCloseTo(5_000_000, within(1.0));
    }
}
