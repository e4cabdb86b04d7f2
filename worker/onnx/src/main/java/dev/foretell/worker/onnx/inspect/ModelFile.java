package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Checks that a file may be loaded by the runtime: a complete ONNX file that refers to no other files. */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Walks through a file in milliseconds, skipping the weights.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the problem
     */
    public static void require(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw BadModel.of("the file is longer than 2 GB, the maximum of ONNX files");
            }
            require(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void require(ByteBuffer file) {
        OnnxWalk walk = new OnnxWalk(file);
        walk.model();
        if (!walk.hasGraph() || walk.format() < 1) {
            throw BadModel.of("the file is not an ONNX model: it has no graph");
        }
    }
}
