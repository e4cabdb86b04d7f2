@NullMarked
package dev.foretell.worker.onnx.file;

import org.jspecify.annotations.NullMarked;
