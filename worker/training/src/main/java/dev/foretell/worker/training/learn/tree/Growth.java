package dev.foretell.worker.training.learn.tree;

/**
 * The bounds of a tree.
 *
 * @param depth the maximum number of splits from the root to a leaf
 * @param leafRows the minimum number of rows of a leaf
 * @param tried how many numbers are tried for each split, drawn at random; at most all of them
 */
record Growth(int depth, int leafRows, int tried) {}
