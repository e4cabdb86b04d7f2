/** Linear models: ridge, Huber and logistic regression. Each one minimises a convex function. */
@NullMarked
package dev.foretell.worker.training.learn.linear;

import org.jspecify.annotations.NullMarked;
