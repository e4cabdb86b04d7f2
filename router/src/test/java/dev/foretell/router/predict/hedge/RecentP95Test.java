package dev.foretell.router.predict.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecentP95Test {
    private static final Percentage ABOUT = Percentage.withPercentage(13);
    private static final long MILLI = 1_000_000;

    private final RecentP95 p95 = new RecentP95();

    private void observe(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            p95.observe(nanos);
        }
    }

    @Test
    void isUnknownUntilThereWereAHundredAnswers() {
        observe(99, 5 * MILLI);
        assertThat(p95.nanos()).isZero();

        observe(1, 5 * MILLI);
        assertThat(p95.nanos()).isCloseTo(5 * MILLI, ABOUT);
    }

    @Test
    void isWhatNinetyFiveOfAHundredAreFasterThan() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            p95.observe((long) (random.nextDouble() * 100 * MILLI));
        }

        assertThat(p95.nanos()).isCloseTo(95 * MILLI, ABOUT);
    }

    @Test
    void aFewVerySlowOnesDoNotMoveIt() {
        for (int i = 0; i < 2000; i++) {
            p95.observe(i % 25 == 0 ? 3_000 * MILLI : 2 * MILLI);
        }

        assertThat(p95.nanos()).isCloseTo(2 * MILLI, ABOUT);
    }

    @Test
    void oldAnswersFade() {
        observe(10_000, 500 * MILLI);
        observe(12_000, MILLI);

        assertThat(p95.nanos()).isCloseTo(MILLI, ABOUT);
    }

    @Test
    void bucketsGrowWithoutGapsAndHoldEverything() {
        assertThat(RecentP95.bucket(0)).isZero();
        assertThat(RecentP95.bucket(1023)).isZero();
        assertThat(RecentP95.bucket(Long.MAX_VALUE)).isEqualTo(29 * 8 - 1);
        for (int bucket = 0; bucket < 29 * 8 - 1; bucket++) {
            long edge = RecentP95.upperEdge(bucket);
            assertThat(RecentP95.bucket(edge - 1)).isEqualTo(bucket);
            assertThat(RecentP95.bucket(edge)).isEqualTo(bucket + 1);
        }
    }
}
