/** What a model file may be, told without loading it; start at {@link dev.foretell.worker.onnx.file.OnnxFileCheck}. */
@NullMarked
package dev.foretell.worker.onnx.file;

import org.jspecify.annotations.NullMarked;
