package dev.foretell.router.models.files;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Stores model files by the SHA-256 of their content. Thread-safe; never blocks an event loop. */
public interface ModelFiles {
    /** A file that has arrived completely. It can be found at once, but is lost with the router until it is kept. */
    interface Arrival {
        String digest();

        long bytes();

        /** Keeps the file; harmless if it is already kept. */
        Future<Void> keep();

        /** Call it at the end in any case; a file that was not kept is deleted. */
        Future<Void> close();
    }

    /**
     * Refuses a file by its announced length.
     *
     * @throws dev.foretell.commons.failure.ServingException {@code PAYLOAD_TOO_LARGE}
     */
    void requireFits(long bytes);

    /**
     * Stores a file, no faster than the disk can write it. The stream must be paused.
     *
     * @param leave nothing is read before it completes
     * @return fails, and leaves nothing behind, with {@link
     *     dev.foretell.commons.failure.FailureKind#PAYLOAD_TOO_LARGE}, {@code INSUFFICIENT_STORAGE}, or {@code
     *     MALFORMED} if the stream breaks off or falls silent
     */
    Future<Arrival> receive(ReadStream<Buffer> body, Future<?> leave);

    /** The file with this digest, whether it is kept or has just arrived. */
    Future<Optional<Path>> find(String digest);

    /** Whether such a file has arrived at any router, and has been neither kept nor deleted yet. */
    Future<Boolean> isArriving(String digest);

    /** Deletes a kept file; harmless if it does not exist. */
    Future<Void> remove(String digest);

    /**
     * Deletes files that killed routers have left behind.
     *
     * @param isUsed whether a model version refers to a digest
     */
    Future<Void> sweep(Predicate<String> isUsed);
}
