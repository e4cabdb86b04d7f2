package dev.foretell.router.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "deflate, gzip;q=0.5, br|true",
                "X-GZIP|true",
                "*|true",
                "*;q=0, gzip|true",
                "gzip;q=1.0|true",
                "gzip;q=0|false",
                "gzip; q=0.000, *|false",
                "*;q=0|false",
                "deflate, br, identity|false",
                "''|false",
            })
    void isDoneWhereItIsAskedFor(String accepted, boolean wanted) {
        assertThat(Gzip.isWanted(accepted)).isEqualTo(wanted);
    }

    @Test
    void isNotDoneWhereNothingIsSaid() {
        assertThat(Gzip.isWanted((String) null)).isFalse();
    }
}
