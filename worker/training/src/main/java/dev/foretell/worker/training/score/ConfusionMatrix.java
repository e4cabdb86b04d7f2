package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import java.util.List;

/** How often rows of a class (the line) were predicted to be of a class (the column). */
public record ConfusionMatrix(List<String> classes, long[][] counts) {
    static ConfusionMatrix of(ClassTarget truth, Predictions predictions) {
        long[][] counts = new long[truth.classes().size()][truth.classes().size()];
        for (int row = 0; row < truth.rows(); row++) {
            counts[truth.indices()[row]][predictions.labels()[row]]++;
        }
        return new ConfusionMatrix(truth.classes(), counts);
    }

    ConfusionMatrix plus(ConfusionMatrix other) {
        long[][] sum = new long[counts.length][counts.length];
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] = counts[i][j] + other.counts[i][j];
            }
        }
        return new ConfusionMatrix(classes, sum);
    }
}
