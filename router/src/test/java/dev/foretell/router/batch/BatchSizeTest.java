package dev.foretell.router.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static final long FAST = Duration.ofMillis(5).toNanos();
    private static final long LATE = Duration.ofMillis(11).toNanos();

    private static BatchSize adaptive(int max) {
        return new BatchSize(max, Duration.ofMillis(10));
    }

    private static void observe(BatchSize size, int batches, long nanos) {
        for (int i = 0; i < batches; i++) {
            size.observe(size.current(), nanos);
        }
    }

    @Test
    void isTheMostWithoutATarget() {
        BatchSize size = new BatchSize(32, null);

        observe(size, 1000, Duration.ofHours(1).toNanos());

        assertThat(size.current()).isEqualTo(32);
    }

    @Test
    void growsByOneAfterAHundredInTime() {
        BatchSize size = adaptive(32);

        observe(size, 99, FAST);
        assertThat(size.current()).isEqualTo(2);
        observe(size, 1, FAST);
        assertThat(size.current()).isEqualTo(3);
        observe(size, 100, FAST);
        assertThat(size.current()).isEqualTo(4);
    }

    @Test
    void growsToTheMostAndNoFurther() {
        BatchSize size = adaptive(4);

        observe(size, 1000, FAST);

        assertThat(size.current()).isEqualTo(4);
    }

    @Test
    void oneLateInAHundredIsWithinTheTarget() {
        BatchSize size = adaptive(32);

        observe(size, 1, LATE);
        observe(size, 99, FAST);

        assertThat(size.current()).isEqualTo(3);
    }

    @Test
    void theSecondLateOneShrinksItByATenthAtOnce() {
        BatchSize size = adaptive(32);
        observe(size, 3000, FAST);
        assertThat(size.current()).isEqualTo(32);

        observe(size, 2, LATE);
        assertThat(size.current()).isEqualTo(28);
        observe(size, 2, LATE);
        assertThat(size.current()).isEqualTo(25);
    }

    @Test
    void neverShrinksBelowOne() {
        BatchSize size = adaptive(32);

        observe(size, 100, LATE);

        assertThat(size.current()).isEqualTo(1);
    }

    @Test
    void doesNotGrowWhereNoBatchIsFilled() {
        BatchSize size = adaptive(32);

        for (int i = 0; i < 1000; i++) {
            size.observe(1, FAST);
        }

        assertThat(size.current()).isEqualTo(2);
    }
}
