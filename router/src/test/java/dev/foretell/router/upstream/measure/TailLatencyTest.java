package dev.foretell.router.upstream.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TailLatencyTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final TailLatency tail = new TailLatency();

    private void observe(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            tail.observe(nanos);
        }
    }

    @Test
    void saysNothingUntilItKnowsEnough() {
        observe(19, MILLI);

        assertThat(tail.p99Nanos(20)).isEqualTo(-1);
        assertThat(tail.p99Nanos(1)).isPositive();
        assertThat(new TailLatency().p99Nanos(0)).isEqualTo(-1);
    }

    @Test
    void isTooLongByHalfAtMostAndNeverTooShort() {
        for (long nanos = 20_000; nanos < TimeUnit.SECONDS.toNanos(200); nanos = nanos * 11 / 10) {
            TailLatency one = new TailLatency();
            one.observe(nanos);

            assertThat(one.p99Nanos(1)).isBetween(nanos, nanos * 3 / 2 + 1);
        }
    }

    @Test
    void isTheSlowestWhereThereAreFew() {
        observe(30, MILLI);
        observe(1, 500 * MILLI);

        assertThat(tail.p99Nanos(20)).isGreaterThanOrEqualTo(500 * MILLI);
    }

    @Test
    void forgetsHowSlowTheStartWas() {
        observe(64, 500 * MILLI);
        observe(64, MILLI);
        assertThat(tail.p99Nanos(1)).isEqualTo(-1);

        observe(20, MILLI);

        assertThat(tail.p99Nanos(20)).isBetween(MILLI, 2 * MILLI);
    }

    @Test
    void passesOverWhatIsRarerThanOneInAHundred() {
        observe(900, MILLI);
        observe(6, 500 * MILLI);

        assertThat(tail.p99Nanos(20)).isBetween(MILLI, 2 * MILLI);
    }

    @Test
    void forgetsWhatWasLongAgo() {
        observe(1000, 500 * MILLI);
        observe(20_000, MILLI);

        assertThat(tail.p99Nanos(20)).isBetween(MILLI, 2 * MILLI);
    }

    @Test
    void bearsTheFastestAndTheSlowest() {
        observe(20, 0);
        assertThat(tail.p99Nanos(20)).isPositive();

        observe(20, Long.MAX_VALUE);
        assertThat(tail.p99Nanos(20)).isGreaterThan(TimeUnit.SECONDS.toNanos(200));
    }
}
