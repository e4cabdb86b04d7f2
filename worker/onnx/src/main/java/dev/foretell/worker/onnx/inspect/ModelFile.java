package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What may be given to the runtime at all: a whole ONNX file that asks for no other files. */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Walks a file, which takes milliseconds: what it weighs is passed over.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} saying what is wrong with it
     */
    public static void require(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw bad("the file is longer than 2 GB, the most that ONNX files may be");
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
            throw bad("the file is no ONNX model: there is no graph in it");
        }
    }

    static ServingException bad(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
