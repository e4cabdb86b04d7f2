@NullMarked
package dev.foretell.worker.onnx.image;

import org.jspecify.annotations.NullMarked;
