package dev.foretell.commons.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
    @Test
    void everyFp16ComesBackAsItWas() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = Half.fromFp16((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Half.toFp16(value)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 3c00", "-2.0, c000", "65504, 7bff", "65519.996, 7bff", "65520, 7c00", "6.1035156e-5, 0400",
        "5.9604645e-8, 0001", "2.9802322e-8, 0000", "2.9802326e-8, 0001", "1.0004883, 3c00", "1.0014648, 3c02",
                "-0.0, 8000"
    })
    void roundsToTheNearestTiesToEven(float value, String hex) {
        assertThat(Half.toFp16(value)).isEqualTo((short) Integer.parseInt(hex, 16));
    }

    @Test
    void bf16IsTheUpperHalfOfAFloat() {
        assertThat(Half.fromBf16((short) 0x3fc0)).isEqualTo(1.5f);
        assertThat(Half.fromBf16((short) 0xff80)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
