package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.file.Path;

/** The source of model files. */
@FunctionalInterface
public interface BlobSource {
    /**
     * Gets the length of a file before its bytes are written, each time the transfer starts; throws if there is no room
     * for it.
     */
    @FunctionalInterface
    interface Room {
        void take(long bytes);
    }

    /**
     * Writes the file of a digest to a path where no file exists, blocking this thread.
     *
     * @throws ServingException WORKER_FAILED if there is no such file, WORKERS_BUSY if it is unavailable now
     */
    void fetch(String digest, Path to, Room room) throws IOException;
}
