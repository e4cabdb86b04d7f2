/** A model host under test. */
@NullMarked
package dev.foretell.worker.onnx;

import org.jspecify.annotations.NullMarked;
