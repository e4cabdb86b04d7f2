@NullMarked
package dev.foretell.worker.onnx.local;

import org.jspecify.annotations.NullMarked;
