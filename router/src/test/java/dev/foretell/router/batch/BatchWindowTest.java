package dev.foretell.router.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchWindowTest {
    private final BatchWindow window = new BatchWindow(100);

    @ParameterizedTest
    @CsvSource({
        "0, 4, 0, 0,   false",
        "0, 4, 1, 500, false",
        "1, 4, 0, 0,   true",
        "1, 4, 1, 0,   false",
        "3, 4, 1, 99,  false",
        "4, 4, 1, 0,   true",
        "5, 4, 1, 0,   true",
        "1, 4, 1, 100, true",
    })
    void isOverWhenFullOrLateOrAlone(int waiting, int full, int underWay, long waited, boolean over) {
        assertThat(window.isOver(waiting, full, underWay, waited)).isEqualTo(over);
    }
}
