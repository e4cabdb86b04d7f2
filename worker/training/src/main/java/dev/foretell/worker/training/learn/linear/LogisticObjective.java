package dev.foretell.worker.training.learn.linear;

import dev.foretell.worker.training.table.ClassTarget;
import java.util.Arrays;

/** The mean log loss and the penalty. The variables are the weights and the intercept of each class in turn. */
final class LogisticObjective implements Convex.Smooth {
    private final double[][] rows;
    private final int[] classes;
    private final int[] counts;
    private final double penalty;
    private final int width;

    LogisticObjective(double[][] rows, ClassTarget target, double c) {
        this.rows = rows;
        this.classes = target.indices();
        this.counts = target.counts();
        this.penalty = 1 / (c * rows.length);
        this.width = rows[0].length;
    }

    /** The first point: weights of 0, and intercepts that give each class its share. */
    double[] start() {
        double[] start = new double[counts.length * (width + 1)];
        for (int i = 0; i < counts.length; i++) {
            // A class without rows in this fold counts as half a row.
            start[i * (width + 1) + width] = StrictMath.log(Math.max(counts[i], 0.5) / rows.length);
        }
        return start;
    }

    @Override
    public double value(double[] point) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] scores = scores(point, rows[i]);
            double largest = Arrays.stream(scores).max().orElseThrow();
            double total = 0;
            for (double score : scores) {
                total += StrictMath.exp(score - largest);
            }
            sum += largest + StrictMath.log(total) - scores[classes[i]];
        }
        return sum / rows.length + penalty * squares(point) / 2;
    }

    private double squares(double[] point) {
        double sum = 0;
        for (int at = 0; at < point.length; at++) {
            sum += intercept(at) ? 0 : point[at] * point[at];
        }
        return sum;
    }

    private boolean intercept(int at) {
        return at % (width + 1) == width;
    }

    @Override
    public double[] gradient(double[] point) {
        double[] gradient = new double[point.length];
        for (int i = 0; i < rows.length; i++) {
            addRow(gradient, rows[i], probabilities(scores(point, rows[i])), classes[i]);
        }
        for (int at = 0; at < point.length; at++) {
            gradient[at] = gradient[at] / rows.length + (intercept(at) ? 0 : penalty * point[at]);
        }
        return gradient;
    }

    private void addRow(double[] gradient, double[] row, double[] probabilities, int own) {
        for (int k = 0; k < probabilities.length; k++) {
            double error = probabilities[k] - (k == own ? 1 : 0);
            int from = k * (width + 1);
            for (int j = 0; j < width; j++) {
                gradient[from + j] += error * row[j];
            }
            gradient[from + width] += error;
        }
    }

    private static double[] probabilities(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow();
        double[] powers = Arrays.stream(scores)
                .map(score -> StrictMath.exp(score - largest))
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    private double[] scores(double[] point, double[] row) {
        double[] scores = new double[counts.length];
        for (int k = 0; k < scores.length; k++) {
            int from = k * (width + 1);
            double sum = point[from + width];
            for (int j = 0; j < width; j++) {
                sum += point[from + j] * row[j];
            }
            scores[k] = sum;
        }
        return scores;
    }

    double[][] weights(double[] point) {
        double[][] weights = new double[counts.length][];
        Arrays.setAll(weights, k -> Arrays.copyOfRange(point, k * (width + 1), k * (width + 1) + width));
        return weights;
    }

    double[] intercepts(double[] point) {
        double[] intercepts = new double[counts.length];
        Arrays.setAll(intercepts, k -> point[k * (width + 1) + width]);
        return intercepts;
    }
}
