package dev.foretell.worker.training.model;

/**
 * A tree, by node; the root is node 0. A row goes left if its number is at most the threshold.
 *
 * @param features the index of the number that a node compares; -1 at leaves
 * @param values the scores of leaves; unused at other nodes
 */
public record Tree(int[] features, double[] thresholds, int[] left, int[] right, double[][] values) {
    /** The number of leaves. */
    public static final int NONE = -1;

    /** A tree with one leaf. */
    public static Tree leaf(double[] value) {
        return new Tree(new int[] {NONE}, new double[1], new int[1], new int[1], new double[][] {value});
    }

    public int leafOf(double[] row) {
        int node = 0;
        while (features[node] != NONE) {
            node = row[features[node]] <= thresholds[node] ? left[node] : right[node];
        }
        return node;
    }

    public boolean isLeaf(int node) {
        return features[node] == NONE;
    }

    public int nodes() {
        return features.length;
    }

    /** The same splits with other values. */
    public Tree withValues(double[][] other) {
        return new Tree(features, thresholds, left, right, other);
    }
}
