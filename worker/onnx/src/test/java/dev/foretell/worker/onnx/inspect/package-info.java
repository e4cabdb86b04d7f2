@NullMarked
package dev.foretell.worker.onnx.inspect;

import org.jspecify.annotations.NullMarked;
