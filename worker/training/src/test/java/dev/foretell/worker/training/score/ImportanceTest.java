package dev.foretell.worker.training.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    /** Friedman's function is 10 sin(pi x0 x1) + 20 (x2 - 0.5)² + 10 x3 + 5 x4: to a sum of weights x2 tells nothing. */
    @Test
    void isLargeForColumnsThatTheModelNeeds() throws IOException {
        Table table = Tables.reference("friedman1");
        Folds folds = Folds.holdOut(table.target(), 0.3, 1);
        TrainedPipeline trained =
                Pipeline.of(Algorithm.LINEAR_REGRESSION, Map.of(), 1).train(table.select(folds.trainingRows(0)), 1);

        Importance importance =
                Importance.of(trained, table.select(folds.heldOut().get(0)), Scoring.R2, 5, 1);

        assertThat(importance.lost().keySet()).containsExactly("x0", "x1", "x2", "x3", "x4");
        Map<String, Spread> lost = importance.lost();
        assertThat(lost.entrySet()).allSatisfy(column -> {
            assertThat(column.getValue().folds()).hasSize(5);
            if (!column.getKey().equals("x2")) {
                assertThat(column.getValue().mean()).isGreaterThan(0.05);
            } else {
                assertThat(Math.abs(column.getValue().mean())).isLessThan(0.03);
            }
        });
        assertThat(Importance.of(trained, table.select(folds.heldOut().get(0)), Scoring.R2, 5, 1))
                .isEqualTo(importance);
    }
}
