/**
 * Tensors and their declarations, in the terms of the Open Inference Protocol; start at {@link
 * dev.foretell.commons.tensor.Tensor}.
 */
@NullMarked
package dev.foretell.commons.tensor;

import org.jspecify.annotations.NullMarked;
