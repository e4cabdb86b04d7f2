package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.file.Path;

/** Where model files come from. */
@FunctionalInterface
public interface BlobSource {
    /**
     * Told the length of a file before its bytes are written, anew each time they are begun; throws where there is no room for
     * it.
     */
    @FunctionalInterface
    interface Room {
        void take(long bytes);
    }

    /**
     * Writes the file of a digest to where nothing is yet; on this thread, which waits.
     *
     * @throws ServingException WORKER_FAILED if there is none of that digest, WORKERS_BUSY if it cannot be had now
     */
    void fetch(String digest, Path to, Room room) throws IOException;
}
