package dev.foretell.worker.training.learn.linear;

import java.util.Arrays;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;

/** Finds the minimum of a smooth convex function by conjugate gradients (Hipparchus). */
final class Convex {
    /** A function and its gradient, scaled so that its curvature is of the order of 1. */
    interface Smooth extends MultivariateFunction {
        double[] gradient(double[] point);
    }

    /** The line search ends when the values no longer differ; a shorter one leaves a large gradient for similar columns. */
    private static final double LINE_TOLERANCE = 1e-15;

    /** The smallest change of the value that is not rounding. */
    private static final double LEAST_GAIN = 1e-14;

    private static final int ROUNDS = 5;
    private static final int ITERATIONS = 1_000;
    private static final int EVALUATIONS = 20_000;

    private Convex() {}

    /**
     * Returns the point at which every component of the gradient is at most the tolerance, or as near to it as double precision
     * allows.
     *
     * @param start the first point
     */
    static double[] minimum(Smooth function, double[] start, double tolerance) {
        double[] point = start.clone();
        for (int round = 0; round < ROUNDS && largest(function.gradient(point)) > tolerance; round++) {
            double[] next = round(function, point, tolerance);
            double before = function.value(point);
            double gained = before - function.value(next);
            if (gained > 0) {
                point = next;
            }
            if (!(gained > LEAST_GAIN * Math.abs(before))) {
                break;
            }
        }
        return point;
    }

    /** Descends from the steepest direction until the value no longer improves. */
    private static double[] round(Smooth function, double[] start, double tolerance) {
        NonLinearConjugateGradientOptimizer optimizer = new NonLinearConjugateGradientOptimizer(
                Formula.POLAK_RIBIERE,
                (iteration, previous, current) -> hasConverged(function, previous, current, tolerance),
                LINE_TOLERANCE,
                LINE_TOLERANCE / 1_000,
                1);
        try {
            return optimizer
                    .optimize(
                            new ObjectiveFunction(function),
                            new ObjectiveFunctionGradient(function::gradient),
                            GoalType.MINIMIZE,
                            new InitialGuess(start),
                            new MaxIter(ITERATIONS),
                            new MaxEval(EVALUATIONS))
                    .getPoint();
        } catch (MathIllegalStateException e) {
            return start;
        }
    }

    private static boolean hasConverged(
            Smooth function, PointValuePair previous, PointValuePair current, double tolerance) {
        return !(current.getValue() < previous.getValue())
                || largest(function.gradient(current.getPoint())) <= tolerance;
    }

    private static double largest(double[] gradient) {
        return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }
}
