/** Calls of models under test. */
@NullMarked
package dev.foretell.worker.onnx.call;

import org.jspecify.annotations.NullMarked;
