package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;

/** A possible split of a node, with the purity of its sides. */
record Split(int feature, double threshold, double purity) {
    static final Split NONE = new Split(Tree.NONE, 0, Double.NEGATIVE_INFINITY);

    /** The middle between two values; the lower value if there is no number between them. */
    static double between(double lower, double upper) {
        double middle = lower + (upper - lower) / 2;
        return middle >= lower && middle < upper ? middle : lower;
    }
}
