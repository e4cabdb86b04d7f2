package dev.foretell.worker.training.learn.tree;

import java.util.Arrays;

/** Gini impurity, for classes. It counts in whole numbers, so equal splits compare as equal. */
final class ClassImpurity implements Impurity {
    private final int[] classes;
    private final int[] weights;
    private final long[] all;
    private final long[] left;
    private long weight;
    private long square;
    private long leftWeight;
    private long leftSquare;
    private long rightSquare;

    ClassImpurity(int[] classes, int count, int[] weights) {
        this.classes = classes;
        this.weights = weights;
        this.all = new long[count];
        this.left = new long[count];
    }

    @Override
    public void start(int[] order, int from, int to) {
        Arrays.fill(all, 0);
        weight = 0;
        for (int i = from; i < to; i++) {
            all[classes[order[i]]] += weights[order[i]];
            weight += weights[order[i]];
        }
        square = 0;
        for (long count : all) {
            square += count * count;
        }
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(left, 0);
        leftWeight = 0;
        leftSquare = 0;
        rightSquare = square;
    }

    @Override
    public void moveLeft(int row) {
        int index = classes[row];
        long moved = weights[row];
        long right = all[index] - left[index];
        leftSquare += moved * (2 * left[index] + moved);
        rightSquare -= moved * (2 * right - moved);
        left[index] += moved;
        leftWeight += moved;
    }

    @Override
    public double purity() {
        return (double) leftSquare / leftWeight + (double) rightSquare / (weight - leftWeight);
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
        return square == weight * weight;
    }

    @Override
    public double[] value() {
        double[] value = new double[all.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = (double) all[i] / weight;
        }
        return value;
    }
}
