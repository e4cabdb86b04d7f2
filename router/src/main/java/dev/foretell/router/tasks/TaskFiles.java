package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.SearchParameters;
import dev.foretell.commons.training.TableHeader;
import dev.foretell.commons.training.TableParameters;
import dev.foretell.commons.training.TrainingParameters;
import dev.foretell.router.models.files.ModelFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tables and trained models of tasks, in a folder that routers of one Redis share. A file is named by its digest. A file
 * that no task refers to is deleted a day after it was last sent. Thread-safe.
 */
public final class TaskFiles {
    private static final Duration UNUSED = Duration.ofDays(1);

    private final Vertx vertx;
    private final ModelFiles files;
    private final Path folder;
    private final Supplier<TasksConfig> config;

    /** A stored file. */
    public record Stored(String digest, long bytes) {}

    /** @param files stores files in this folder */
    public TaskFiles(Vertx vertx, ModelFiles files, Path folder, Supplier<TasksConfig> config) {
        this.vertx = vertx;
        this.files = files;
        this.folder = folder;
        this.config = config;
    }

    /** Refuses a file by its announced length, as {@link ModelFiles#requireFits}. */
    public void requireFits(long bytes) {
        files.requireFits(bytes);
    }

    /** Stores a file; fails as {@link ModelFiles#receive}. The stream must be paused. */
    public Future<Stored> receive(ReadStream<Buffer> body) {
        return files.receive(body, Future.succeededFuture())
                .compose(arrival -> arrival.keep()
                        .compose(kept -> touch(arrival.digest()))
                        .map(touched -> new Stored(arrival.digest(), arrival.bytes()))
                        .eventually(arrival::close));
    }

    /** Stores a short text. */
    public Future<Stored> write(byte[] content) {
        return vertx.executeBlocking(() -> Files.write(Files.createTempFile("foretell-rows-", ".csv"), content), false)
                .compose(path -> open(path)
                        .compose(file -> receive(file).eventually(file::close))
                        .eventually(() -> vertx.executeBlocking(() -> Files.deleteIfExists(path), false)));
    }

    private Future<Object> touch(String digest) {
        return vertx.executeBlocking(
                () -> Files.setLastModifiedTime(folder.resolve(digest), FileTime.from(Instant.now())), false);
    }

    /** Stores a copy of a file on this machine, which must be in the folder {@code tasks.data-folder}. */
    public Future<Stored> copy(String name) {
        return vertx.executeBlocking(() -> readable(name), false)
                .compose(path -> open(path))
                .compose(file -> receive(file).eventually(file::close));
    }

    private Path readable(String name) throws IOException {
        Path allowed = config.get().readable();
        if (allowed == null) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "files of the router's machine are not read; the setting tasks.data-folder names where they may be");
        }
        try {
            Path root = allowed.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (file.startsWith(root) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (NoSuchFileException | IllegalArgumentException none) {
            // refused below, like any other
        }
        throw new ServingException(
                FailureKind.INVALID_INPUT, "data.file names no file in the folder of tasks.data-folder");
    }

    private Future<AsyncFile> open(Path path) {
        return vertx.fileSystem()
                .open(
                        path.toString(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .map(file -> {
                    file.pause();
                    return file;
                });
    }

    public Future<Optional<Path>> find(String digest) {
        return files.find(digest);
    }

    /** Opens a stored file as a paused stream, which the caller closes; fails with {@link FailureKind#NOT_FOUND}. */
    public Future<AsyncFile> read(String digest) {
        return require(digest).compose(this::open);
    }

    /**
     * Refuses an order whose table is empty, or lacks a column that the order names; a header that is too long to be read here is the
     * trainer's to judge.
     *
     * @return fails with {@link FailureKind#INVALID_INPUT} or {@link FailureKind#NOT_FOUND}
     */
    public Future<Void> requireTable(TaskOrder order) {
        if (order.data().bytes() == 0) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the table is empty");
        }
        return switch (order.kind()) {
            case TaskOrder.TRAIN -> requireColumns(order.data().digest(), TrainingParameters.of(order.parameters()));
            case TaskOrder.AUTOML -> requireColumns(order.data().digest(), SearchParameters.of(order.parameters()));
            default -> Future.succeededFuture();
        };
    }

    private Future<Void> requireColumns(String digest, TableParameters order) {
        return require(digest)
                .compose(path -> vertx.executeBlocking(() -> start(path), false))
                .map(start -> {
                    TableHeader.of(start, order.separator()).require(order);
                    return null;
                });
    }

    private static byte[] start(Path path) throws IOException {
        try (InputStream table = Files.newInputStream(path)) {
            return table.readNBytes(TableHeader.MAX_BYTES);
        }
    }

    /** The length of a stored file, in bytes; fails with {@link FailureKind#NOT_FOUND}. */
    public Future<Long> length(String digest) {
        return require(digest).compose(path -> vertx.executeBlocking(() -> Files.size(path), false));
    }

    private Future<Path> require(String digest) {
        return files.find(digest)
                .map(found -> found.orElseThrow(() -> new ServingException(
                        FailureKind.NOT_FOUND, "there is no file with this digest; send it to /v1/task-files first")));
    }

    /** The digests of files that were last sent at least a day ago. */
    Future<List<String>> old() {
        return vertx.executeBlocking(
                () -> {
                    List<String> old = new ArrayList<>();
                    FileTime limit = FileTime.from(Instant.now().minus(UNUSED));
                    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
                        for (Path file : all) {
                            if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                                old.add(file.getFileName().toString());
                            }
                        }
                    } catch (NoSuchFileException nothingEverCameIn) {
                        return List.of();
                    }
                    return old;
                },
                false);
    }

    Future<Void> remove(String digest) {
        return files.remove(digest);
    }
}
