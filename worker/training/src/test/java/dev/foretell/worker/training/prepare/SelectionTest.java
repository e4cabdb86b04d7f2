package dev.foretell.worker.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    /** The first is constant, the second has nothing to do with the answer, the others follow it, the last one at a distance. */
    private static final double[][] ROWS = {{7, 1, 1, 5}, {7, -1, 2, 4}, {7, -1, 3, 2}, {7, 1, 4, 2}};

    @Test
    void keepsWhatExplainsMostOfANumber() {
        NumberTarget target = new NumberTarget("y", new double[] {10, 20, 30, 40});

        assertThat(Selection.learn(ROWS, target, 0.25).kept()).containsExactly(2);
        assertThat(Selection.learn(ROWS, target, 0.5).kept()).containsExactly(2, 3);
    }

    @Test
    void keepsWhatTellsClassesApart() {
        ClassTarget target = new ClassTarget("y", List.of("a", "b"), new int[] {0, 1, 1, 0});

        assertThat(Selection.learn(ROWS, target, 0.25).kept()).containsExactly(1);
    }

    @Test
    void keepsTheFirstOfEqualOnesAndAtLeastOne() {
        double[][] twins = {{1, 1}, {2, 2}};

        assertThat(Selection.learn(twins, new NumberTarget("y", new double[] {1, 2}), 0.01)
                        .kept())
                .containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void refusesAShareThatIsNone(double share) {
        assertThatThrownBy(() -> new PreparationOptions(Scale.STANDARD, share))
                .hasMessageContaining("share of features");
    }
}
