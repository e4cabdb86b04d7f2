package dev.foretell.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.health.WorkerStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusBurstTest {
    private final List<Runnable> inASecond = new ArrayList<>();
    private final StatusBurst burst = new StatusBurst(inASecond::add);

    private long told(int changes) {
        return IntStream.range(0, changes).filter(i -> burst.takes(State.DOWN)).count();
    }

    @Test
    void ofThousandsAtOnceTwentyHaveALineAndTheNextSecondBeginsAnew() {
        assertThat(told(5000)).isEqualTo(20);
        assertThat(inASecond).hasSize(1);

        inASecond.remove(0).run();

        assertThat(told(5)).isEqualTo(5);
        assertThat(inASecond).hasSize(1);
    }
}
