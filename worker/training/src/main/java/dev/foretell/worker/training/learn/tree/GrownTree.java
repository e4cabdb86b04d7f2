package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;

/**
 * A tree, and the leaf of each row that it was grown from.
 *
 * @param leaves for each row the node of its leaf; 0 for rows without a weight
 */
record GrownTree(Tree tree, int[] leaves) {}
