/** Model files in ONNX; start at {@link dev.foretell.worker.training.onnx.OnnxGraph}. */
@NullMarked
package dev.foretell.worker.training.onnx;

import org.jspecify.annotations.NullMarked;
