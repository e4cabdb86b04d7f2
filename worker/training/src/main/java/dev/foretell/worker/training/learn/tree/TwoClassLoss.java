package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.table.ClassTarget;
import java.util.Arrays;

/** Log loss of two classes, with one score: half of it counts for the second class, half against the first. */
final class TwoClassLoss implements Loss {
    private final int[] classes;
    private final double start;
    private final double[] scores;

    TwoClassLoss(ClassTarget target) {
        this.classes = target.indices();
        double second = Arrays.stream(classes).sum();
        // A class without rows in this fold counts as half a row.
        this.start = StrictMath.log(Math.max(second, 0.5) / Math.max(classes.length - second, 0.5));
        this.scores = new double[classes.length];
        Arrays.fill(scores, start);
    }

    @Override
    public double[] start() {
        return value(0, start);
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public void beginStage() {}

    @Override
    public double[] residuals(int part) {
        double[] residuals = new double[classes.length];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = classes[row] - 1 / (1 + StrictMath.exp(-scores[row]));
        }
        return residuals;
    }

    /** Newton's step. */
    @Override
    public double[] steps(int part, double[] residuals, GrownTree tree) {
        return LeafSums.ratios(LeafSums.of(tree, row -> residuals[row]), LeafSums.of(tree, row -> {
            double probability = classes[row] - residuals[row];
            return probability * (1 - probability);
        }));
    }

    @Override
    public void advance(int part, int[] leaves, double[] steps) {
        for (int row = 0; row < scores.length; row++) {
            scores[row] += steps[leaves[row]];
        }
    }

    @Override
    public double[] value(int part, double step) {
        return new double[] {-step / 2, step / 2};
    }
}
