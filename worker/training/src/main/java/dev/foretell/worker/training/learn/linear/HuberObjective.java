package dev.foretell.worker.training.learn.linear;

import java.util.Arrays;

/**
 * Huber's objective per row, at the best scale: convex, smooth, and a function of weights and intercept alone. Its variables
 * are in units of the values' deviation. Each weight is scaled so that the penalty makes no direction steeper than others.
 */
final class HuberObjective implements Convex.Smooth {
    private final double[][] rows;
    private final double[] values;
    private final double centre;
    private final double unit;
    private final double epsilon;
    /** The penalty per row on each weight, for standardised columns and unit values. */
    private final double[] penalties;

    private final double[] stretch;

    HuberObjective(double[][] rows, double[] values, double[] deviations, double epsilon, double alpha) {
        this.rows = rows;
        this.epsilon = epsilon;
        this.centre = median(values);
        this.unit = unit(values, centre);
        this.values =
                Arrays.stream(values).map(value -> (value - centre) / unit).toArray();
        // The data's part of the objective grows with the unit, the penalty with its square.
        this.penalties = Arrays.stream(deviations)
                .map(deviation -> alpha * unit / (deviation * deviation) / rows.length)
                .toArray();
        this.stretch = Arrays.stream(penalties)
                .map(penalty -> 1 / Math.sqrt(1 + penalty))
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double unit(double[] values, double centre) {
        double spread = median(
                Arrays.stream(values).map(value -> Math.abs(value - centre)).toArray());
        double mean = Arrays.stream(values)
                .map(value -> Math.abs(value - centre))
                .average()
                .orElseThrow();
        return spread > 0 ? spread : mean > 0 ? mean : 1;
    }

    @Override
    public double value(double[] point) {
        double[] residuals = residuals(point);
        double scale = scale(residuals);
        double sum = 0;
        for (double residual : residuals) {
            double size = Math.abs(residual) / scale;
            sum += scale + scale * (size <= epsilon ? size * size : 2 * epsilon * size - epsilon * epsilon);
        }
        double penalty = 0;
        for (int j = 0; j < penalties.length; j++) {
            double weight = point[j] * stretch[j];
            penalty += penalties[j] * weight * weight;
        }
        return sum / rows.length + penalty;
    }

    /** The gradient treats the best scale as fixed (envelope theorem). */
    @Override
    public double[] gradient(double[] point) {
        double[] residuals = residuals(point);
        double scale = scale(residuals);
        double[] gradient = new double[point.length];
        for (int i = 0; i < rows.length; i++) {
            double pull = -2 * Math.max(-epsilon, Math.min(epsilon, residuals[i] / scale)) / rows.length;
            for (int j = 0; j < penalties.length; j++) {
                gradient[j] += pull * rows[i][j];
            }
            gradient[penalties.length] += pull;
        }
        for (int j = 0; j < penalties.length; j++) {
            gradient[j] = stretch[j] * (gradient[j] + 2 * penalties[j] * point[j] * stretch[j]);
        }
        return gradient;
    }

    private double[] residuals(double[] point) {
        double[] residuals = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double sum = point[penalties.length];
            for (int j = 0; j < penalties.length; j++) {
                sum += point[j] * stretch[j] * rows[i][j];
            }
            residuals[i] = values[i] - sum;
        }
        return residuals;
    }

    private double scale(double[] residuals) {
        return HuberScale.best(residuals, epsilon, 1e-9);
    }

    /** The model for standardised columns and the original values. */
    double[] weights(double[] point) {
        double[] weights = new double[penalties.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = point[j] * stretch[j] * unit;
        }
        return weights;
    }

    double intercept(double[] point) {
        return centre + unit * point[penalties.length];
    }
}
