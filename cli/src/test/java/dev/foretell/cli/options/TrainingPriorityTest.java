package dev.foretell.cli.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPriorityTest {
    @ParameterizedTest
    @ValueSource(strings = {"idle", "low", "LOW"})
    void aRouterTakesBoth(String priority) {
        assertThatCode(() -> TrainingPriority.check(Map.of(TrainingPriority.VARIABLE, priority)))
                .doesNotThrowAnyException();
    }

    @Test
    void aRouterTakesNone() {
        assertThatCode(() -> TrainingPriority.check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void aRouterRefusesAnyOtherByTheNameOfTheVariable() {
        assertThatThrownBy(() -> TrainingPriority.check(Map.of(TrainingPriority.VARIABLE, "high")))
                .hasMessageStartingWith("FORETELL_TRAINING_PRIORITY: must be idle or low, not 'high'");
    }
}
