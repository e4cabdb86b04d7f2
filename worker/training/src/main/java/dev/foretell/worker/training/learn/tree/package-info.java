/** Single trees and tree ensembles; start at {@link dev.foretell.worker.training.learn.tree.TreeLearner}. */
@NullMarked
package dev.foretell.worker.training.learn.tree;

import org.jspecify.annotations.NullMarked;
