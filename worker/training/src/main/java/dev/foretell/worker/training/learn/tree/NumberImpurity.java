package dev.foretell.worker.training.learn.tree;

/** Squared errors about the mean, for numbers. */
final class NumberImpurity implements Impurity {
    private final double[] values;
    private final int[] weights;
    private double mean;
    private boolean pure;
    private long weight;
    private long leftWeight;
    private double leftSum;

    NumberImpurity(double[] values, int[] weights) {
        this.values = values;
        this.weights = weights;
    }

    @Override
    public void start(int[] order, int from, int to) {
        double sum = 0;
        weight = 0;
        pure = true;
        for (int i = from; i < to; i++) {
            sum += weights[order[i]] * values[order[i]];
            weight += weights[order[i]];
            pure &= values[order[i]] == values[order[from]];
        }
        mean = pure ? values[order[from]] : sum / weight;
        reset();
    }

    @Override
    public void reset() {
        leftWeight = 0;
        leftSum = 0;
    }

    @Override
    public void moveLeft(int row) {
        leftSum += weights[row] * (values[row] - mean);
        leftWeight += weights[row];
    }

    /** Relative to the node's mean, the sum of the right side is the negated sum of the left. */
    @Override
    public double purity() {
        return leftSum * leftSum / leftWeight + leftSum * leftSum / (weight - leftWeight);
    }

    @Override
    public long leftWeight() {
        return leftWeight;
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public boolean pure() {
        return pure;
    }

    @Override
    public double[] value() {
        return new double[] {mean};
    }
}
