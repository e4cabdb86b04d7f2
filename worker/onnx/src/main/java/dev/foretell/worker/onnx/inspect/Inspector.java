package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.onnx.shelf.FileShelf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Inspects model files, one at a time, each in a separate process, which contains all damage by the file. */
public final class Inspector implements AutoCloseable {
    private final FileShelf files;
    private final InspectConfig config;
    private final long room;
    private final ThreadPoolExecutor thread;

    /** @param room bytes of the host for models and runs; the inspection may take as much */
    public Inspector(FileShelf files, InspectConfig config, long room) {
        this.files = files;
        this.config = config;
        this.room = room;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(config.queue()),
                work -> new Thread(work, "foretell-inspector"));
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * The file's runtime, signature, metadata, sample and memory (which may exceed this host's), or its fault.
     *
     * @param sample a body that it must take; null for the file's own, or zeros
     * @return fails with INVALID_INPUT if it is not a servable model, PAYLOAD_TOO_LARGE if this host is too small for
     *     it
     */
    public CompletableFuture<JsonNode> inspect(String digest, @Nullable JsonNode sample) {
        CompletableFuture<JsonNode> found = new CompletableFuture<>();
        try {
            thread.execute(() -> inspect(digest, sample, found));
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(
                    new ServingException(FailureKind.WORKERS_BUSY, "too many model files wait for inspection", e));
        }
        return found;
    }

    private void inspect(String digest, @Nullable JsonNode sample, CompletableFuture<JsonNode> found) {
        try (FileShelf.Held file = files.hold(digest)) {
            found.complete(ScratchProcess.look(file.path(), sample, config.timeout(), room));
        } catch (Exception e) {
            found.completeExceptionally(isWithoutRoom(e) ? TooSmallHost.ofDisk((ServingException) e) : e);
        }
    }

    private static boolean isWithoutRoom(Exception e) {
        return e instanceof ServingException serving && serving.kind() == FailureKind.NO_WORKER;
    }

    /** Ends the current inspection process. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
