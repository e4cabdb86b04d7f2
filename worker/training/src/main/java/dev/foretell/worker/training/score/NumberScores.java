package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.NumberTarget;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Figures for numbers. */
final class NumberScores {
    private NumberScores() {}

    static double squaredError(NumberTarget truth, Predictions predictions) {
        return -errors(truth, predictions).map(error -> error * error).average().orElseThrow();
    }

    static double rootSquaredError(NumberTarget truth, Predictions predictions) {
        return -Math.sqrt(-squaredError(truth, predictions));
    }

    static double absoluteError(NumberTarget truth, Predictions predictions) {
        return -errors(truth, predictions).map(Math::abs).average().orElseThrow();
    }

    static double medianError(NumberTarget truth, Predictions predictions) {
        double[] errors = errors(truth, predictions).map(Math::abs).sorted().toArray();
        int middle = errors.length / 2;
        return -(errors.length % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2);
    }

    /** If all rows have the same target: 1 if all predictions equal it, otherwise 0. */
    static double r2(NumberTarget truth, Predictions predictions) {
        double mean = Arrays.stream(truth.values()).average().orElseThrow();
        double variance = Arrays.stream(truth.values())
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        double error = -squaredError(truth, predictions);
        if (variance == 0) {
            return error == 0 ? 1 : 0;
        }
        return 1 - error / variance;
    }

    private static DoubleStream errors(NumberTarget truth, Predictions predictions) {
        return IntStream.range(0, truth.rows()).mapToDouble(row -> predictions.number(row) - truth.values()[row]);
    }
}
