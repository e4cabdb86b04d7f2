package dev.foretell.worker.training.learn;

import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;

/**
 * What an algorithm learns from.
 *
 * @param rows encoded, and standardised for algorithms that need it
 * @param deviations the divisor of each number
 * @param seed the seed of all random choices
 * @param threads the maximum number of threads
 */
public record Lesson(
        double[][] rows, double[] deviations, Target target, Parameters parameters, long seed, int threads) {
    int whole(String parameter) {
        return parameters.whole(parameter);
    }

    double number(String parameter) {
        return parameters.number(parameter);
    }

    /** The values of a regression's target. */
    double[] values() {
        return ((NumberTarget) target).values();
    }

    /** A classification's target. */
    ClassTarget classes() {
        return (ClassTarget) target;
    }

    /** The target of each row as scores. */
    double[][] outputs() {
        double[][] outputs = new double[rows.length][];
        for (int row = 0; row < outputs.length; row++) {
            outputs[row] = target.outputs(row);
        }
        return outputs;
    }
}
