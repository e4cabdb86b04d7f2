/**
 * Trained models: their predictions for encoded rows, and the same as ONNX; start at {@link
 * dev.foretell.worker.training.model.Model}.
 */
@NullMarked
package dev.foretell.worker.training.model;

import org.jspecify.annotations.NullMarked;
