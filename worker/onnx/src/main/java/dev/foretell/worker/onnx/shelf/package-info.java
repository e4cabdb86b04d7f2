/** The model files and loaded models of a host; start at {@link dev.foretell.worker.onnx.shelf.ModelShelf}. */
@NullMarked
package dev.foretell.worker.onnx.shelf;

import org.jspecify.annotations.NullMarked;
