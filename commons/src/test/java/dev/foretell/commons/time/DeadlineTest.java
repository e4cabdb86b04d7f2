package dev.foretell.commons.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void tellsWhatIsLeftAlsoWhereTheNanoClockOverflows() {
        long now = Long.MAX_VALUE - 10;
        Deadline deadline = Deadline.after(Duration.ofMillis(3), now);

        assertThat(deadline.leftNanos(now)).isEqualTo(3_000_000);
        assertThat(deadline.leftMillis(now)).isEqualTo(3);
        assertThat(deadline.passed(now)).isFalse();
        assertThat(deadline.passed(now + 3_000_000)).isTrue();
    }

    @Test
    void millisecondsAreRoundedUpAndAtLeastOne() {
        Deadline deadline = new Deadline(1_000_001);

        assertThat(deadline.leftMillis(0)).isEqualTo(2);
        assertThat(deadline.leftMillis(1_000_000)).isEqualTo(1);
        assertThat(deadline.leftMillis(9_000_000)).isEqualTo(1);
    }
}
