package dev.foretell.worker.training.learn.tree;

/**
 * Where a tree stops.
 *
 * @param depth most questions from the root to a leaf
 * @param leafRows fewest rows of a leaf
 * @param tried numbers that are tried for each question, drawn at random; all where it is at least their count
 */
record Growth(int depth, int leafRows, int tried) {}
