package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Model files by digest in a bounded folder: the least recently used are deleted first, never one in use. Callers of
 * one digest wait for one fetch. Thread-safe; this object guards {@code sizes}, {@code unproven}, {@code unwanted},
 * {@code users} and {@code taken}.
 */
public final class FileShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileShelf.class);

    private final ShelfFolder folder;
    private final BlobSource source;
    private final long bound;
    private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, CompletableFuture<Path>> fetching = new ConcurrentHashMap<>();
    /** Files of an earlier host with unchecked content. */
    private final Set<String> unproven = new HashSet<>();
    /** Files to delete after their current use. */
    private final Set<String> unwanted = new HashSet<>();
    /** Bytes of the existing files and of those being fetched. */
    private long taken;

    public FileShelf(ShelfFolder folder, BlobSource source, long bound) {
        this.folder = folder;
        this.source = source;
        this.bound = bound;
        folder.leftovers().forEach((digest, bytes) -> {
            sizes.put(digest, bytes);
            unproven.add(digest);
            taken += bytes;
        });
        makeRoom(0);
    }

    /** A file in use: it stays until this is closed. */
    public final class Held implements AutoCloseable {
        private final String digest;
        private final Path path;

        private Held(String digest, Path path) {
            this.digest = digest;
            this.path = path;
        }

        public Path path() {
            return path;
        }

        @Override
        public void close() {
            release(digest);
        }
    }

    /**
     * The file of a digest, fetched if it is missing; blocks this thread.
     *
     * @throws ServingException WORKER_FAILED if the router has no such file, WORKERS_BUSY, or NO_WORKER if there is no
     *     room
     */
    public Held hold(String digest) throws InterruptedException {
        synchronized (this) {
            users.merge(digest, 1, Integer::sum);
            unwanted.remove(digest);
        }
        try {
            return new Held(digest, find(digest));
        } catch (RuntimeException | InterruptedException e) {
            release(digest);
            throw e;
        }
    }

    private synchronized void release(String digest) {
        users.computeIfPresent(digest, (key, count) -> count > 1 ? count - 1 : null);
        dropUnwanted(digest);
    }

    /** Deletes a file that nobody will need again, after its current use. */
    synchronized void forget(String digest) {
        if (sizes.containsKey(digest)) {
            unwanted.add(digest);
            dropUnwanted(digest);
        }
    }

    private void dropUnwanted(String digest) {
        if (!users.containsKey(digest) && unwanted.remove(digest)) {
            Long bytes = sizes.remove(digest);
            if (bytes != null) {
                drop(digest, bytes);
            }
        }
    }

    private Path find(String digest) throws InterruptedException {
        if (isKept(digest)) {
            return folder.file(digest);
        }
        CompletableFuture<Path> mine = new CompletableFuture<>();
        CompletableFuture<Path> running = fetching.putIfAbsent(digest, mine);
        if (running == null) {
            fetch(digest, mine);
        }
        return await(running == null ? mine : running);
    }

    private void fetch(String digest, CompletableFuture<Path> mine) {
        try {
            Path file = folder.file(digest);
            bring(digest, file);
            mine.complete(file);
        } catch (ServingException e) {
            mine.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("a model file could not be stored", e);
            mine.completeExceptionally(new ServingException(
                    FailureKind.WORKERS_BUSY, "the model file cannot be stored: the host's disk refuses it", e));
        } finally {
            fetching.remove(digest, mine);
        }
    }

    private void bring(String digest, Path file) throws IOException {
        if (isKept(digest) || takeOver(digest, file)) {
            return;
        }
        long[] room = new long[1];
        Path part = folder.part(UUID.randomUUID().toString());
        try {
            source.fetch(digest, part, bytes -> {
                giveBack(room[0]);
                room[0] = 0;
                makeRoom(bytes);
                room[0] = bytes;
            });
            requireDigest(digest, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            keep(digest, room[0]);
        } catch (IOException | RuntimeException e) {
            giveBack(room[0]);
            throw e;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private synchronized boolean isKept(String digest) {
        return sizes.get(digest) != null && !unproven.contains(digest);
    }

    private synchronized void keep(String digest, long bytes) {
        sizes.put(digest, bytes);
    }

    /** Whether an earlier host left the complete file; otherwise deletes what it left. */
    private boolean takeOver(String digest, Path file) throws IOException {
        synchronized (this) {
            if (!unproven.contains(digest)) {
                return false;
            }
        }
        boolean whole = FileDigest.of(file).equals(digest);
        synchronized (this) {
            if (!whole) {
                drop(digest, sizes.getOrDefault(digest, 0L));
                sizes.remove(digest);
            }
            unproven.remove(digest);
        }
        return whole;
    }

    private void drop(String digest, long bytes) {
        folder.delete(digest);
        unproven.remove(digest);
        taken -= bytes;
    }

    private static void requireDigest(String digest, Path part) throws IOException {
        if (!FileDigest.of(part).equals(digest)) {
            throw new ServingException(
                    FailureKind.WORKERS_BUSY, "the model file arrived with another digest than it should have");
        }
    }

    private synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    private synchronized void makeRoom(long bytes) {
        var files = sizes.entrySet().iterator();
        while (taken + bytes > bound && files.hasNext()) {
            Map.Entry<String, Long> file = files.next();
            if (!users.containsKey(file.getKey())) {
                drop(file.getKey(), file.getValue());
                files.remove();
            }
        }
        if (taken + bytes > bound) {
            throw new ServingException(
                    FailureKind.NO_WORKER,
                    "the model file takes " + ByteSize.format(bytes) + ", and the host's folder holds "
                            + ByteSize.format(bound));
        }
        taken += bytes;
    }

    private static Path await(CompletableFuture<Path> fetching) throws InterruptedException {
        try {
            return fetching.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ServingException known ? known : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
