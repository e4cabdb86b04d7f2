package dev.foretell.worker.training.pipeline;

/**
 * What a trained pipeline makes of rows.
 *
 * @param values for each row the probability of each class, or the predicted number alone
 * @param labels for each row the index of the class predicted; 0 where a number is
 */
public record Predictions(double[][] values, int[] labels) {
    public int rows() {
        return values.length;
    }

    /** The predicted number of a row. */
    public double number(int row) {
        return values[row][0];
    }
}
