/** Models in ONNX Runtime: loading, running, running many calls as one; start at {@link dev.foretell.worker.onnx.model.OnnxModel}. */
@NullMarked
package dev.foretell.worker.onnx.model;

import org.jspecify.annotations.NullMarked;
