/**
 * The whole way from a table to predictions and to one model file; start at {@link
 * dev.foretell.worker.training.pipeline.Pipeline}.
 */
@NullMarked
package dev.foretell.worker.training.pipeline;

import org.jspecify.annotations.NullMarked;
