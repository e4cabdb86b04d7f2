package dev.foretell.worker.training.learn.linear;

import dev.foretell.worker.training.model.LinearModel;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/** Least squares with a penalty on squared weights (ridge), from the normal equations; the intercept is free. */
public final class RidgeLearner {
    private RidgeLearner() {}

    /**
     * @param rows standardised, so the means are 0
     * @param penalty greater than 0
     */
    public static Model learn(double[][] rows, double[] values, double penalty) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] products = new double[rows[0].length];
        double[][] squares = new double[products.length][products.length];
        for (int i = 0; i < rows.length; i++) {
            add(rows[i], values[i] - mean, squares, products);
        }
        for (int j = 0; j < products.length; j++) {
            squares[j][j] += penalty;
            for (int k = 0; k < j; k++) {
                squares[k][j] = squares[j][k];
            }
        }
        // Symmetric by construction; a column of zeros has the penalty for its pivot.
        double[] weights = new CholeskyDecomposition(new Array2DRowRealMatrix(squares, false), 1e-9, 0)
                .getSolver()
                .solve(new ArrayRealVector(products, false))
                .toArray();
        return new LinearModel(new double[][] {weights}, new double[] {mean}, Link.IDENTITY);
    }

    /** Adds one row's part to the lower triangle. */
    private static void add(double[] row, double value, double[][] squares, double[] products) {
        for (int j = 0; j < row.length; j++) {
            products[j] += row[j] * value;
            for (int k = 0; k <= j; k++) {
                squares[j][k] += row[j] * row[k];
            }
        }
    }
}
