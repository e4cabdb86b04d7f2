package dev.foretell.worker.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.foretell.commons.training.MetricName;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.TargetKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked out by hand. */
class ScoringTest {
    private static final ClassTarget CLASSES = new ClassTarget("y", List.of("a", "b", "c"), new int[] {0, 0, 0, 1, 1});
    private static final Predictions LABELS = new Predictions(
            new double[][] {{0.5, 0.5, 0}, {1, 0, 0}, {0.25, 0.5, 0.25}, {0, 1, 0}, {1, 0, 0}},
            new int[] {0, 0, 1, 1, 0});
    private static final NumberTarget NUMBERS = new NumberTarget("y", new double[] {1, 2, 3, 6});
    private static final Predictions GUESSES = new Predictions(new double[][] {{1}, {4}, {2}, {2}}, new int[4]);

    @Test
    void haveTheNamesThatOrdersHave() {
        assertThat(Scoring.values())
                .extracting(Scoring::word)
                .containsExactlyElementsOf(
                        Stream.of(MetricName.values()).map(MetricName::word).toList());
    }

    @ParameterizedTest
    @CsvSource({"accuracy, 0.6", "balanced_accuracy, 0.5833333333", "f1_macro, 0.5833333333"})
    void countsLabels(String name, double expected) {
        assertThat(Scoring.ofName(name, TargetKind.CLASSIFICATION).score(CLASSES, LABELS))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void boundsTheLogarithmOfTheRightClass() {
        double expected = (Math.log(0.5) + 0 + Math.log(0.25) + 0 + Math.log(1e-15)) / 5;

        assertThat(Scoring.NEG_LOG_LOSS.score(CLASSES, LABELS)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "neg_mean_squared_error, -5.25",
        "neg_root_mean_squared_error, -2.29128784747792",
        "neg_mean_absolute_error, -1.75",
        "neg_median_absolute_error, -1.5",
        "r2, -0.5"
    })
    void measuresErrors(String name, double expected) {
        assertThat(Scoring.ofName(name, TargetKind.REGRESSION).score(NUMBERS, GUESSES))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void refusesWhatIsNoFigureForTheTarget() {
        assertThatThrownBy(() -> Scoring.ofName("accuracy", TargetKind.REGRESSION))
                .hasMessage("There is no scoring 'accuracy' for regression; there are neg_mean_squared_error,"
                        + " neg_root_mean_squared_error, neg_mean_absolute_error, neg_median_absolute_error, r2.");
    }

    @Test
    void countsWhatIsTakenForWhat() {
        assertThat(ConfusionMatrix.of(CLASSES, LABELS).counts())
                .isDeepEqualTo(new long[][] {{2, 1, 0}, {1, 1, 0}, {0, 0, 0}});
    }

    @Test
    void spreadsOverFolds() {
        Spread spread = new Spread(List.of(1.0, 3.0));

        assertThat(spread.mean()).isEqualTo(2);
        assertThat(spread.deviation()).isEqualTo(1);
        assertThat(spread.least()).isEqualTo(1);
        assertThat(spread.most()).isEqualTo(3);
    }
}
