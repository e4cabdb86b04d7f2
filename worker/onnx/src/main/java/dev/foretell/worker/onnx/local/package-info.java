/** A model file of this machine as a worker's function; start at {@link dev.foretell.worker.onnx.local.OnnxFunctions}. */
@NullMarked
package dev.foretell.worker.onnx.local;

import org.jspecify.annotations.NullMarked;
