package dev.foretell.worker.training.pipeline;

/**
 * The predictions of a trained pipeline for rows.
 *
 * @param values the probability of each class, or the predicted number alone, for each row
 * @param labels the index of the predicted class for each row; 0 for a regression
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
