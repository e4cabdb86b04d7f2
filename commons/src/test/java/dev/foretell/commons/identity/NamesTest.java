package dev.foretell.commons.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "AI", "simple_example", "iris.onnx", "v1.2-rc", "0", "-", "_", ".a", "..."})
    void dotsAloneAreNoNameButAllElseOfTheseIs(String name) {
        assertThat(Names.isValid(name)).isEqualTo(!name.equals("..."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", " ", "a b", "a/b", "a\n", "ä", "a%20", "{a}", "*"})
    void refusesTheRest(String name) {
        assertThat(Names.isValid(name)).isFalse();
    }

    @Test
    void takesAHundredAndTwentyEightLettersAndNoMore() {
        assertThat(Names.isValid("x".repeat(128))).isTrue();
        assertThat(Names.isValid("x".repeat(129))).isFalse();
    }

    @Test
    void saysWhatItIsTheNameOfAndShowsALongNameCut() {
        assertThatThrownBy(() -> Names.require("model", "x".repeat(500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model '" + "x".repeat(40) + "…' must be");
    }

    @Test
    void modelsAreOrderedByTypeThenName() {
        assertThat(new ModelKey("A", "z")).isLessThan(new ModelKey("B", "a"));
        assertThat(new ModelKey("A", "a")).isLessThan(new ModelKey("A", "b")).hasToString("A/a");
    }
}
