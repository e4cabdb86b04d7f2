package dev.foretell.worker.training.learn.linear;

import java.util.Arrays;

/** Finds the best scale for given residuals: the root of a monotone function of the scale. */
final class HuberScale {
    private HuberScale() {}

    /**
     * Where the number of residuals is the sum of their squares in units of the scale, each at most epsilon squared: the
     * derivative of Huber's objective by the scale is 0 there.
     *
     * @param least the result if there is no root, because more than 1 in epsilon squared of the residuals are 0
     */
    static double best(double[] residuals, double epsilon, double least) {
        double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
        double[] squares = sumsOfSquares(sizes);
        double limit = epsilon * epsilon;
        for (int outside = 0; outside < sizes.length && sizes.length > limit * outside; outside++) {
            int inside = sizes.length - outside;
            double scale = Math.sqrt(squares[inside] / (sizes.length - limit * outside));
            if (sizes[inside - 1] <= epsilon * scale) {
                return Math.max(least, scale);
            }
        }
        return least;
    }

    /** The sums of the squares of the first sizes, by their number. */
    private static double[] sumsOfSquares(double[] sizes) {
        double[] sums = new double[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            sums[i + 1] = sums[i] + sizes[i] * sizes[i];
        }
        return sums;
    }
}
