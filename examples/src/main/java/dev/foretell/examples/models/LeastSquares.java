package dev.foretell.examples.models;

/** Deterministic linear regression: the normal equations, solved by elimination. */
final class LeastSquares {
    private LeastSquares() {}

    /** The weight of each column, followed by the intercept. */
    static double[] solve(double[][] rows, double[] targets) {
        int width = rows[0].length + 1;
        double[][] system = new double[width][width + 1];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    system[i][j] += column(rows[row], i) * column(rows[row], j);
                }
                system[i][width] += column(rows[row], i) * targets[row];
            }
        }
        return eliminate(system);
    }

    private static double column(double[] row, int i) {
        return i < row.length ? row[i] : 1;
    }

    /** The system is symmetric and positive, so no rows need to be swapped. */
    private static double[] eliminate(double[][] system) {
        int width = system.length;
        for (int pivot = 0; pivot < width; pivot++) {
            for (int row = 0; row < width; row++) {
                double times = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int i = pivot; i <= width; i++) {
                    system[row][i] -= times * system[pivot][i];
                }
            }
        }
        double[] weights = new double[width];
        for (int i = 0; i < width; i++) {
            weights[i] = system[i][width] / system[i][i];
        }
        return weights;
    }
}
