package dev.foretell.worker.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private static final NumberTarget NUMBERS = new NumberTarget("y", new double[103]);
    private static final ClassTarget CLASSES = new ClassTarget(
            "y",
            List.of("few", "many"),
            IntStream.range(0, 100).map(row -> row % 10 == 0 ? 0 : 1).toArray());

    @Test
    void holdEachRowOutOnce() {
        Folds folds = Folds.cross(NUMBERS, 5, 3);

        assertThat(folds.heldOut().stream()
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, 103).toArray());
        assertThat(folds.heldOut()).allSatisfy(rows -> assertThat(rows.length).isBetween(20, 21));
    }

    @Test
    void trainOnTheOtherRows() {
        Folds folds = Folds.cross(NUMBERS, 5, 3);

        int[] both = IntStream.concat(Arrays.stream(folds.heldOut().get(2)), Arrays.stream(folds.trainingRows(2)))
                .sorted()
                .toArray();
        assertThat(both).isEqualTo(IntStream.range(0, 103).toArray());
    }

    @Test
    void spreadClassesEvenly() {
        for (int[] rows : Folds.cross(CLASSES, 5, 3).heldOut()) {
            assertThat(CLASSES.select(rows).counts()).containsExactly(2, 18);
        }
        assertThat(CLASSES.select(Folds.holdOut(CLASSES, 0.2, 3).heldOut().get(0))
                        .counts())
                .containsExactly(2, 18);
    }

    @Test
    void areTheSameForASeedAndOthersForAnother() {
        assertThat(Folds.cross(NUMBERS, 5, 3).heldOut().get(0))
                .isEqualTo(Folds.cross(NUMBERS, 5, 3).heldOut().get(0));
        assertThat(Folds.cross(NUMBERS, 5, 3).heldOut().get(0))
                .isNotEqualTo(Folds.cross(NUMBERS, 5, 4).heldOut().get(0));
    }

    @Test
    void areRefusedWhereRowsDoNotSuffice() {
        assertThatThrownBy(() -> Folds.cross(NUMBERS, 1, 0))
                .hasMessage("There cannot be 1 folds of 103 rows: the minimum is 2, the maximum 100.");
        assertThatThrownBy(() -> Folds.cross(NUMBERS.select(new int[] {1, 2, 3}), 5, 0))
                .hasMessage("There cannot be 5 folds of 3 rows: the minimum is 2, the maximum 3.");
        assertThatThrownBy(() -> Folds.holdOut(NUMBERS, 1, 0))
                .hasMessage(
                        "A share of 1.0 of 103 rows cannot be held out: it must be between 0 and 1, and leave rows on both"
                                + " sides.");
        assertThatThrownBy(() -> Folds.holdOut(NUMBERS, Double.NaN, 0)).hasMessageContaining("cannot be held out");
    }
}
