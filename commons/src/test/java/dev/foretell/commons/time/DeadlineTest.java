package dev.foretell.commons.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void tellsWhatIsLeftAlsoWhereTheNanoClockOverflows() {
        long now = Long.MAX_VALUE - 10;
        Deadline deadline = Deadline.after(Duration.ofMillis(3), now);

        assertThat(deadline.remainingNanos(now)).isEqualTo(3_000_000);
        assertThat(deadline.remainingMillis(now)).isEqualTo(3);
        assertThat(deadline.isPast(now)).isFalse();
        assertThat(deadline.isPast(now + 3_000_000)).isTrue();
    }

    @Test
    void millisecondsAreRoundedUpAndAtLeastOne() {
        Deadline deadline = new Deadline(1_000_001);

        assertThat(deadline.remainingMillis(0)).isEqualTo(2);
        assertThat(deadline.remainingMillis(1_000_000)).isEqualTo(1);
        assertThat(deadline.remainingMillis(9_000_000)).isEqualTo(1);
    }
}
