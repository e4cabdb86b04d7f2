package dev.foretell.worker.training.learn.tree;

/**
 * How well a split parts the answers of a node's rows, while rows move from its right side to its left. Confined to the thread that grows
 * the tree.
 */
interface Impurity {
    /** Begins with these rows of the order, all on the right side. */
    void start(int[] order, int from, int to);

    /** All on the right side again. */
    void reset();

    void moveLeft(int row);

    /** The larger, the purer both sides; to be compared within one node. */
    double purity();

    long leftWeight();

    long weight();

    /** Whether all rows of the node have the same answer. */
    boolean pure();

    /** The answer of the node. */
    double[] value();
}
