package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;

/** A question that a node may ask, and how pure its sides would be. */
record Split(int feature, double threshold, double purity) {
    static final Split NONE = new Split(Tree.NONE, 0, Double.NEGATIVE_INFINITY);

    /** Half way from one value to the next; the lower one where there is no number between them. */
    static double between(double lower, double upper) {
        double middle = lower + (upper - lower) / 2;
        return middle >= lower && middle < upper ? middle : lower;
    }
}
