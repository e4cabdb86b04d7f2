package dev.foretell.worker.onnx.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.function.UploadedFile;
import dev.foretell.worker.onnx.image.ImageInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image as a model's only input.
 *
 * @param outputs the names of the outputs to return
 */
record PictureReader(List<TensorSpec> inputs, Set<String> outputs, Map<String, String> metadata) {
    /** From a form: the file in the field {@code file} or {@code path}, or else the only file. */
    InferenceInput read(Map<String, UploadedFile> files) {
        UploadedFile file = file(files);
        if (file == null) {
            throw misfit("a form must contain an image in its field 'file'");
        }
        try {
            if (Files.size(file.path()) > ImageInput.MAX_BYTES) {
                throw misfit("the image is longer than " + ImageInput.MAX_BYTES + " bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(file.bytes());
    }

    InferenceInput read(byte[] picture) {
        if (inputs.size() != 1) {
            throw misfit("images are for models with one input; this one has " + inputs.size());
        }
        return new InferenceInput(
                List.of(ImageInput.of(inputs.get(0), metadata).read(picture)), outputs, OutputForm.FIRST);
    }

    private static @Nullable UploadedFile file(Map<String, UploadedFile> files) {
        UploadedFile named = files.containsKey("file") ? files.get("file") : files.get("path");
        return named == null && files.size() == 1 ? files.values().iterator().next() : named;
    }

    private static ServingException misfit(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
