package dev.foretell.worker.training.learn.tree;

import java.util.Arrays;

/** Squared error of a number. */
final class SquaredLoss implements Loss {
    private final double[] values;
    private final double mean;
    private final double[] scores;

    SquaredLoss(double[] values) {
        this.values = values;
        this.mean = Arrays.stream(values).average().orElseThrow();
        this.scores = new double[values.length];
        Arrays.fill(scores, mean);
    }

    @Override
    public double[] start() {
        return new double[] {mean};
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public void beginStage() {}

    @Override
    public double[] residuals(int part) {
        double[] residuals = new double[values.length];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = values[row] - scores[row];
        }
        return residuals;
    }

    @Override
    public double[] steps(int part, double[] residuals, GrownTree tree) {
        return LeafSums.ratios(LeafSums.of(tree, row -> residuals[row]), LeafSums.of(tree, row -> 1));
    }

    @Override
    public void advance(int part, int[] leaves, double[] steps) {
        for (int row = 0; row < scores.length; row++) {
            scores[row] += steps[leaves[row]];
        }
    }

    @Override
    public double[] value(int part, double step) {
        return new double[] {step};
    }
}
