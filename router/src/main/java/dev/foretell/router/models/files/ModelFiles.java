package dev.foretell.router.models.files;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Where model files are, each known by the SHA-256 of its content. Thread-safe; nothing waits on an event loop. */
public interface ModelFiles {
    /** A file that has come in whole. Until it is kept it can be found, but is gone with the router. */
    interface Arrival {
        String digest();

        long bytes();

        /** Keeps it; harmless where there is such a file already. */
        Future<Void> keep();

        /** To be called in the end, kept or not: what is not kept is gone. */
        Future<Void> close();
    }

    /**
     * Takes in a file, no faster than it can be written. The stream must be paused.
     *
     * @param leave nothing is read before it is given
     * @return fails, and leaves nothing, with {@link dev.foretell.commons.failure.FailureKind#PAYLOAD_TOO_LARGE}, {@code *     INSUFFICIENT_STORAGE}, or {@code MALFORMED} where the stream breaks off or falls silent
     */
    Future<Arrival> receive(ReadStream<Buffer> body, Future<?> leave);

    /** The file of this digest, kept or just come in. */
    Future<Optional<Path>> find(String digest);

    /** Whether such a file has come in, at any router, and has neither been kept for good nor gone yet. */
    Future<Boolean> isArriving(String digest);

    /** Forgets a kept file; harmless where there is none. */
    Future<Void> remove(String digest);

    /**
     * Does away with what routers that were killed left behind.
     *
     * @param isUsed whether some model's version refers to a digest
     */
    Future<Void> sweep(Predicate<String> isUsed);
}
