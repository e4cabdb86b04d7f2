package dev.foretell.router.backup;

import dev.foretell.router.store.SavedState;
import dev.foretell.router.store.StoredKey;
import dev.foretell.router.store.connection.StoreConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Writes the state and the model files of a running or stopped router to a file. The state is from one point in time.
 * The file appears only when it is complete, and only its owner can read it. Blocking.
 *
 * @param models the folder of the model files
 */
public record Backup(StoreConfig redis, Path models, Clock clock) {
    /** A model may be deleted while its file is copied; then the backup starts again. */
    private static final int TRIES = 3;

    private static final String ZIP = ".zip";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * The result of a backup.
     *
     * @param missing digests of model files that are not in the backup because they are missing or damaged
     */
    public record Made(Path file, long bytes, Summary summary, List<String> missing) {}

    /**
     * @param to a new file with a name like {@code ….zip}, or an existing folder for a file named after the current
     *     time
     * @throws BackupException if the backup cannot be written
     * @throws dev.foretell.router.store.embedded.StoreStartException if the state cannot be read
     */
    public Made write(Path to) {
        Path file = file(to);
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try (SavedState state = SavedState.open(redis)) {
            Made made = write(state, file, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw BackupException.onDisk("write", file, e);
        } finally {
            part.toFile().delete();
        }
    }

    /** Without this rule for names, an unmounted or misspelt folder would become a file. */
    private Path file(Path to) {
        Path file = Files.isDirectory(to) ? to.resolve("foretell-" + STAMP.format(clock.instant()) + ZIP) : to;
        if (Files.exists(file)) {
            throw new BackupException(file + " exists already; name another file");
        }
        if (!file.toString().endsWith(ZIP)) {
            throw new BackupException(
                    "there is no folder " + to + "; create it first, or name a file that ends in " + ZIP);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new BackupException(
                    "there is no folder " + folder + " for " + file.getFileName() + "; create it first");
        }
        return file;
    }

    private Made write(SavedState saved, Path file, Path part) throws IOException {
        List<StoredKey> state = saved.read();
        for (int tries = TRIES; ; tries--) {
            List<String> missing = write(state, part);
            List<StoredKey> now = missing.isEmpty() ? state : saved.read();
            if (tries <= 1 || Summary.digests(now).containsAll(missing)) {
                return new Made(file, Files.size(part), Summary.of(state), missing);
            }
            state = now;
        }
    }

    private List<String> write(List<StoredKey> state, Path part) throws IOException {
        Files.deleteIfExists(part);
        try (FileChannel channel = create(part);
                OutputStream out = Channels.newOutputStream(channel)) {
            Archive archive = new Archive(out);
            archive.state(state);
            List<String> missing = new ArrayList<>();
            for (String digest : Summary.digests(state)) {
                if (isWhole(models.resolve(digest), digest)) {
                    archive.model(models.resolve(digest), digest);
                } else {
                    missing.add(digest);
                }
            }
            archive.manifest(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(), Summary.of(state), missing);
            archive.finish();
            channel.force(true);
            return missing;
        }
    }

    private static boolean isWhole(Path file, String digest) throws IOException {
        return Files.isRegularFile(file) && Digests.of(file).sha256().equals(digest);
    }

    private static FileChannel create(Path file) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file, fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, fresh);
    }
}
