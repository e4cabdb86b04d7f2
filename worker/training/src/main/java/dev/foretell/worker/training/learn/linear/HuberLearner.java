package dev.foretell.worker.training.learn.linear;

import dev.foretell.worker.training.model.LinearModel;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;

/**
 * Huber regression: weights, intercept and scale at the minimum of the joint convex objective of Owen (2007), as scikit-learn's
 * {@code HuberRegressor} has it:
 *
 * <pre>  sum over rows of  s + H((y - w·x - c) / s) s   +   alpha |w|²,    H(z) = z² up to |z| = epsilon, then 2 epsilon |z| - epsilon²</pre>
 *
 * The penalty is on weights of the columns as they are, while the minimum is sought for standardised ones: where columns differ in scale,
 * it is not found otherwise.
 */
public final class HuberLearner {
    private HuberLearner() {}

    /**
     * @param rows standardised
     * @param deviations the divisors of the columns
     * @param epsilon the number of scales from which a residual is an outlier; greater than 1
     * @param alpha the penalty on squared weights of the original columns
     */
    public static Model learn(double[][] rows, double[] values, double[] deviations, double epsilon, double alpha) {
        HuberObjective objective = new HuberObjective(rows, values, deviations, epsilon, alpha);
        double[] point = Convex.minimum(objective, new double[deviations.length + 1], 1e-9);
        return new LinearModel(
                new double[][] {objective.weights(point)}, new double[] {objective.intercept(point)}, Link.IDENTITY);
    }
}
