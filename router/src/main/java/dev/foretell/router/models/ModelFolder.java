package dev.foretell.router.models;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Model files in a folder, named by their digests. What comes in is in {@code incoming} until it is kept; what a router that
 * was killed left there goes with the next upload, a day later.
 */
public final class ModelFolder implements ModelFiles {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Vertx vertx;
    private final Path folder;
    private final Path incoming;
    private final long maxBytes;
    private final Map<String, Path> arrivals = new ConcurrentHashMap<>();

    public ModelFolder(Vertx vertx, ModelsConfig config) {
        this.vertx = vertx;
        this.folder = config.folder();
        this.incoming = folder.resolve("incoming");
        this.maxBytes = config.maxBytes();
    }

    @Override
    public Future<Arrival> receive(ReadStream<Buffer> body) {
        Path file = incoming.resolve(UUID.randomUUID() + ".part");
        Intake intake = new Intake(vertx, body, file, maxBytes);
        return vertx.executeBlocking(this::prepare)
                .compose(ready -> intake.run())
                .<Arrival>map(digest -> new Arrived(digest, intake.bytes(), file))
                .recover(failure -> delete(file)
                        .transform(gone ->
                                Future.failedFuture(failure instanceof IOException e ? Intake.onDisk(e) : failure)));
    }

    private Path prepare() throws IOException {
        Files.createDirectories(incoming);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming, "*.part")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Instant.now().minus(LEFT_BEHIND))) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return incoming;
    }

    @Override
    public Future<Optional<Path>> find(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        return vertx.executeBlocking(
                () -> {
                    Path kept = folder.resolve(digest);
                    return Files.exists(kept) ? Optional.of(kept) : Optional.ofNullable(arrivals.get(digest));
                },
                false);
    }

    @Override
    public Future<Void> remove(String digest) {
        return DIGEST.matcher(digest).matches() ? delete(folder.resolve(digest)) : Future.succeededFuture();
    }

    private Future<Void> delete(Path file) {
        return vertx.<Boolean>executeBlocking(() -> Files.deleteIfExists(file), false)
                .mapEmpty();
    }

    /** A file in {@code incoming}. Keeping it gives it a second name, so that nobody ever sees half of it. */
    private final class Arrived implements Arrival {
        private final String digest;
        private final long bytes;
        private final Path file;

        private Arrived(String digest, long bytes, Path file) {
            this.digest = digest;
            this.bytes = bytes;
            this.file = file;
            arrivals.put(digest, file);
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
            return vertx.executeBlocking(
                    () -> {
                        try {
                            Files.createLink(folder.resolve(digest), file);
                        } catch (FileAlreadyExistsException same) {
                            return null;
                        } catch (UnsupportedOperationException noLinks) {
                            Files.move(file, folder.resolve(digest));
                        }
                        return null;
                    },
                    false);
        }

        @Override
        public Future<Void> close() {
            arrivals.remove(digest, file);
            return delete(file);
        }
    }
}
