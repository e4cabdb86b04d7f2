package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Figures for classes. */
final class ClassScores {
    private static final double SMALLEST = 1e-15;

    private ClassScores() {}

    static double accuracy(ClassTarget truth, Predictions predictions) {
        long right = IntStream.range(0, truth.rows())
                .filter(row -> truth.indices()[row] == predictions.labels()[row])
                .count();
        return (double) right / truth.rows();
    }

    static double balancedAccuracy(ClassTarget truth, Predictions predictions) {
        long[][] counts = ConfusionMatrix.of(truth, predictions).counts();
        return IntStream.range(0, counts.length)
                .filter(index -> Arrays.stream(counts[index]).sum() > 0)
                .mapToDouble(index -> (double) counts[index][index]
                        / Arrays.stream(counts[index]).sum())
                .average()
                .orElseThrow();
    }

    static double f1(ClassTarget truth, Predictions predictions) {
        long[][] counts = ConfusionMatrix.of(truth, predictions).counts();
        return IntStream.range(0, counts.length)
                .filter(index -> countMentions(counts, index) > 0)
                .mapToDouble(index -> 2.0 * counts[index][index] / countMentions(counts, index))
                .average()
                .orElseThrow();
    }

    /** The rows of a class, and the rows predicted to be of it. */
    private static long countMentions(long[][] counts, int index) {
        return Arrays.stream(counts[index]).sum()
                + Arrays.stream(counts).mapToLong(row -> row[index]).sum();
    }

    static double logLikelihood(ClassTarget truth, Predictions predictions) {
        return IntStream.range(0, truth.rows())
                .mapToDouble(row -> predictions.values()[row][truth.indices()[row]])
                .map(probability -> StrictMath.log(Math.min(1, Math.max(SMALLEST, probability))))
                .average()
                .orElseThrow();
    }
}
