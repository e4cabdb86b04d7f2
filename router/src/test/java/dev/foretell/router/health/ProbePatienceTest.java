package dev.foretell.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbePatienceTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final ProbePatience patience = new ProbePatience();

    private long millis() {
        return patience.millis(Duration.ofSeconds(1));
    }

    @Test
    void isAQuarterOfASecondAtLeastAndAsLongAsAProbeTakesAtTheMost() {
        assertThat(millis()).isEqualTo(250);

        patience.observe(MILLI);
        assertThat(millis()).isEqualTo(250);

        patience.observe(900 * MILLI);
        assertThat(millis()).isEqualTo(1000);
        assertThat(patience.millis(Duration.ofMillis(100))).isEqualTo(100);
    }

    @Test
    void isFourTimesTheSlowestOfTheLatestProbes() {
        patience.observe(100 * MILLI);
        patience.observe(MILLI);
        assertThat(millis()).isEqualTo(300);

        for (int i = 0; i < 20; i++) {
            patience.observe(MILLI);
        }
        assertThat(millis()).isEqualTo(250);
    }
}
