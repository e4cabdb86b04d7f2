/** How a picture becomes a model's input; start at {@link dev.foretell.worker.onnx.image.ImageInput}. */
@NullMarked
package dev.foretell.worker.onnx.image;

import org.jspecify.annotations.NullMarked;
