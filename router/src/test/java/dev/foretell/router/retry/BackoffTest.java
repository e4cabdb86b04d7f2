package dev.foretell.router.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static Backoff backoff(int first, int longest, double random) {
        return new Backoff(Duration.ofMillis(first), Duration.ofMillis(longest), () -> random);
    }

    @ParameterizedTest
    @CsvSource({"1, 25", "2, 50", "3, 100", "4, 200", "5, 250", "6, 250", "1000, 250"})
    void itsLongestDoublesUpToABound(int n, long most) {
        assertThat(backoff(25, 250, 0.999_999).millis(n)).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 13", "0.999, 25"})
    void isAnythingFromNothingToItsLongest(double random, long millis) {
        assertThat(backoff(25, 250, random).millis(1)).isEqualTo(millis);
    }

    @Test
    void thereMayBeNone() {
        assertThat(backoff(0, 0, 0.999).millis(3)).isZero();
    }
}
