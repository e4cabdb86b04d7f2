/** Turns an image into a model's input; start at {@link dev.foretell.worker.onnx.image.ImageInput}. */
@NullMarked
package dev.foretell.worker.onnx.image;

import org.jspecify.annotations.NullMarked;
