package dev.foretell.worker.training.learn.tree;

/**
 * Measures how well a split separates the targets of a node's rows, while rows move from its right side to its left. Confined
 * to the thread that grows the tree.
 */
interface Impurity {
    /** Starts a node with these rows of the order, all on the right side. */
    void start(int[] order, int from, int to);

    /** Moves all rows back to the right side. */
    void reset();

    void moveLeft(int row);

    /** The purity of both sides: larger is purer. Compare it only within one node. */
    double purity();

    long leftWeight();

    long weight();

    /** Whether all rows of the node have the same target. */
    boolean pure();

    /** The prediction of the node. */
    double[] value();
}
