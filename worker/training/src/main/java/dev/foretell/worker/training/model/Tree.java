package dev.foretell.worker.training.model;

/**
 * A tree, by node; the root is node 0. A row goes left where its number is at most the threshold.
 *
 * @param features the number that a node asks for; -1 at leaves
 * @param values of leaves, a number for each score; not used at other nodes
 */
public record Tree(int[] features, double[] thresholds, int[] left, int[] right, double[][] values) {
    /** Of leaves. */
    public static final int NONE = -1;

    /** A leaf alone. */
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
