/** A worker that serves any model file of the pool; start at {@link dev.foretell.worker.onnx.ModelHost}. */
@NullMarked
package dev.foretell.worker.onnx;

import org.jspecify.annotations.NullMarked;
