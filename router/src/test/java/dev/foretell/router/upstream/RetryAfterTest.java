package dev.foretell.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                             | 0",
                "7                             | 7",
                " 7                            | 7",
                "30                            | 30",
                "31                            | 30",
                "99999999999999999999          | 0",
                "-5                            | 0",
                "1.5                           | 0",
                "soon                          | 0",
                "Wed, 04 Mar 2026 10:00:12 GMT | 12",
                "Wed, 04 Mar 2026 11:00:00 GMT | 30",
                "Wed, 04 Mar 2026 09:00:00 GMT | 0"
            })
    void isSecondsOrADateUpToABound(String value, long seconds) {
        assertThat(RetryAfter.of(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void absentItIsZero() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
        assertThat(RetryAfter.of(" ", NOW)).isZero();
    }
}
