/** What an unknown model file is, found out at no risk to this process; start at {@link dev.foretell.worker.onnx.inspect.Inspections}. */
@NullMarked
package dev.foretell.worker.onnx.inspect;

import org.jspecify.annotations.NullMarked;
