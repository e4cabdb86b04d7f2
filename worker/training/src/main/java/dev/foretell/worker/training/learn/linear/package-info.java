/** Models that are weighted sums: ridge, Huber and logistic regression; each a minimum of a convex function. */
@NullMarked
package dev.foretell.worker.training.learn.linear;

import org.jspecify.annotations.NullMarked;
