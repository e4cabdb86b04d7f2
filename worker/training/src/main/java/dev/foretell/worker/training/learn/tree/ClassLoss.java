package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.table.ClassTarget;
import java.util.Arrays;

/** Log loss of several classes: a score for each, and a tree for each at every stage. */
final class ClassLoss implements Loss {
    private final int[] classes;
    private final double[] start;
    private final double[][] scores;
    private final double[][] probabilities;

    ClassLoss(ClassTarget target) {
        this.classes = target.indices();
        // A class without rows in this fold counts as half a row.
        this.start = Arrays.stream(target.counts())
                .mapToDouble(count -> StrictMath.log(Math.max(count, 0.5) / classes.length))
                .toArray();
        this.scores = new double[classes.length][];
        this.probabilities = new double[classes.length][start.length];
        Arrays.setAll(scores, row -> start.clone());
    }

    @Override
    public double[] start() {
        return start;
    }

    @Override
    public int parts() {
        return start.length;
    }

    @Override
    public void beginStage() {
        for (int row = 0; row < scores.length; row++) {
            double largest = Arrays.stream(scores[row]).max().orElseThrow();
            double sum = 0;
            for (int i = 0; i < start.length; i++) {
                probabilities[row][i] = StrictMath.exp(scores[row][i] - largest);
                sum += probabilities[row][i];
            }
            for (int i = 0; i < start.length; i++) {
                probabilities[row][i] /= sum;
            }
        }
    }

    @Override
    public double[] residuals(int part) {
        double[] residuals = new double[classes.length];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = (classes[row] == part ? 1 : 0) - probabilities[row][part];
        }
        return residuals;
    }

    /** Newton's step with the diagonal of the second derivatives. */
    @Override
    public double[] steps(int part, double[] residuals, GrownTree tree) {
        double[] steps = LeafSums.ratios(
                LeafSums.of(tree, row -> residuals[row]),
                LeafSums.of(tree, row -> Math.abs(residuals[row]) * (1 - Math.abs(residuals[row]))));
        double share = (start.length - 1.0) / start.length;
        return Arrays.stream(steps).map(step -> share * step).toArray();
    }

    @Override
    public void advance(int part, int[] leaves, double[] steps) {
        for (int row = 0; row < scores.length; row++) {
            scores[row][part] += steps[leaves[row]];
        }
    }

    @Override
    public double[] value(int part, double step) {
        double[] value = new double[start.length];
        value[part] = step;
        return value;
    }
}
