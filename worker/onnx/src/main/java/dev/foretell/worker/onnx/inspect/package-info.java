/** Inspects model files without risk to the host; start at {@link dev.foretell.worker.onnx.inspect.Inspector}. */
@NullMarked
package dev.foretell.worker.onnx.inspect;

import org.jspecify.annotations.NullMarked;
