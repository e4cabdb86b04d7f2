package dev.foretell.router.models.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Model files in a folder that several routers may share, named by their digests. An arriving file is in {@code
 * incoming}: first as {@code UUID.part}, then, complete, as {@code DIGEST.UUID} until its upload has ended, so that
 * every router can serve it.
 */
public final class ModelFolder implements ModelFiles {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int DIGITS = 64;
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Vertx vertx;
    private final Path folder;
    private final Path incoming;
    private final long maxBytes;

    /** Files that the last sweep found too old. */
    private volatile Set<Path> left = Set.of();

    public ModelFolder(Vertx vertx, Path folder, long maxBytes) {
        this.vertx = vertx;
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        this.maxBytes = maxBytes;
    }

    /** Runs a disk operation outside the event loop. */
    private <T> Future<T> onDisk(Callable<T> step) {
        return vertx.executeBlocking(step, false)
                .recover(failure ->
                        Future.failedFuture(failure instanceof IOException e ? FileSink.onDisk(e) : failure));
    }

    @Override
    public void requireFits(long bytes) {
        if (bytes > maxBytes) {
            throw FileSink.tooLarge(maxBytes);
        }
    }

    @Override
    public Future<Arrival> receive(ReadStream<Buffer> body, Future<?> leave) {
        String name = UUID.randomUUID().toString();
        Path part = incoming.resolve(name + ".part");
        FileSink intake = FileSink.of(vertx, body, part, maxBytes);
        return leave.compose(given -> onDisk(() -> Files.createDirectories(incoming)))
                .onFailure(intake::fail)
                .compose(ready -> intake.run())
                .compose(digest -> onDisk(() -> adopt(part, digest, name)))
                .<Arrival>map(whole -> new Arrived(whole, intake.bytes()))
                .recover(failure -> delete(part).transform(gone -> Future.failedFuture(failure)));
    }

    private Path adopt(Path part, String digest, String name) throws IOException {
        return Files.move(part, incoming.resolve(digest + "." + name));
    }

    @Override
    public Future<Optional<Path>> find(String digest) {
        return isDigest(digest)
                ? onDisk(() -> Files.exists(folder.resolve(digest))
                        ? Optional.of(folder.resolve(digest))
                        : arrivals(digest + ".*").stream().findFirst())
                : Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Boolean> isArriving(String digest) {
        return isDigest(digest) ? onDisk(() -> !arrivals(digest + ".*").isEmpty()) : Future.succeededFuture(false);
    }

    private List<Path> arrivals(String named) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming, named)) {
            files.forEach(found::add);
        } catch (NoSuchFileException nothingEverCameIn) {
            return List.of();
        }
        return found;
    }

    @Override
    public Future<Void> remove(String digest) {
        return isDigest(digest) ? delete(folder.resolve(digest)) : Future.succeededFuture();
    }

    private static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    private Future<Void> delete(Path file) {
        return onDisk(() -> Files.deleteIfExists(file)).mapEmpty();
    }

    /**
     * Deletes files that are a day old now and were at the last sweep; no upload takes that long. One check is not
     * enough, because the clock may have just been set days ahead.
     */
    @Override
    public Future<Void> sweep(Predicate<String> isUsed) {
        return onDisk(() -> {
            Instant old = Instant.now().minus(LEFT_BEHIND);
            Set<Path> found = new HashSet<>();
            for (Path file : arrivals("*.*")) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    found.add(file);
                    if (left.contains(file)) {
                        sweep(file, isUsed);
                    }
                }
            }
            left = found;
            return null;
        });
    }

    private void sweep(Path file, Predicate<String> isUsed) throws IOException {
        String name = file.getFileName().toString();
        String digest = name.substring(0, Math.min(DIGITS, name.length()));
        if (isDigest(digest) && !isUsed.test(digest)) {
            Files.deleteIfExists(folder.resolve(digest));
        }
        Files.deleteIfExists(file);
    }

    /** A complete file in {@code incoming}. Keeping it adds a second name, so that nobody ever sees half a file. */
    private final class Arrived implements Arrival {
        private final Path file;
        private final String digest;
        private final long bytes;

        private Arrived(Path file, long bytes) {
            this.file = file;
            this.digest = file.getFileName().toString().substring(0, DIGITS);
            this.bytes = bytes;
        }

        @Override
        public String digest() {
            return digest;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public Future<Void> keep() {
            return onDisk(() -> {
                link(folder.resolve(digest));
                try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                    directory.force(true);
                }
                return null;
            });
        }

        private void link(Path kept) throws IOException {
            try {
                Files.createLink(kept, file);
            } catch (FileAlreadyExistsException same) {
                return;
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                Path copy = incoming.resolve(UUID.randomUUID() + ".part");
                Files.copy(file, copy);
                Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        }

        @Override
        public Future<Void> close() {
            return delete(file);
        }
    }
}
