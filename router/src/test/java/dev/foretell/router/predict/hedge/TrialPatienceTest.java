package dev.foretell.router.predict.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialPatienceTest {
    @ParameterizedTest
    @CsvSource({"0, 10000, 100", "5, 10000, 100", "50, 10000, 500", "5000, 10000, 5000", "5, 150, 75"})
    void isTenTimesWhatOthersTakeAndLeavesTimeForAnother(long latency, long left, long patience) {
        assertThat(TrialPatience.nanos(nanos(latency), nanos(left))).isEqualTo(nanos(patience));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
