package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;

/**
 * A tree, with the leaf of each row that it grew from.
 *
 * @param leaves the leaf node of each row; 0 for rows without a weight
 */
record GrownTree(Tree tree, int[] leaves) {}
