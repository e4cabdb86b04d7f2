package dev.foretell.worker.training.trainer;

import dev.foretell.worker.training.job.TaskFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the tasks that one trainer runs, deleted when it is closed. A trainer that is killed leaves its folder; the next one
 * with the same {@code --data} deletes it.
 */
final class TrainerFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerFolder.class);
    private static final String PREFIX = "trainer-";
    private static final String LOCK = ".lock";
    /** Trying a lock of one's own process would release it: systems drop a file's locks when any of its handles is closed. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final FileChannel lock;
    private final Path path;

    private TrainerFolder(Path lockFile, FileChannel lock, Path path) {
        this.lockFile = lockFile;
        this.lock = lock;
        this.path = path;
    }

    /** The folder appears after its lock is taken, so that no other trainer takes it for one that was left. */
    static TrainerFolder create(Path within) throws IOException {
        Files.createDirectories(within);
        Path lockFile = Files.createTempFile(within, PREFIX, LOCK);
        OURS.add(lockFile);
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        lock.lock();
        TrainerFolder created = new TrainerFolder(lockFile, lock, Files.createDirectory(folderOf(lockFile)));
        deleteLeft(within, Files.getOwner(created.path));
        return created;
    }

    private static Path folderOf(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    Path path() {
        return path;
    }

    private static void deleteLeft(Path within, UserPrincipal user) {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(within, PREFIX + "*" + LOCK)) {
            for (Path lock : locks) {
                deleteIfLeft(lock, user);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("The folders of other trainers cannot be listed", e);
        }
    }

    /** Only folders of the same user: in a temporary folder that all may write, others could prepare one. */
    private static void deleteIfLeft(Path lockFile, UserPrincipal user) {
        Path folder = folderOf(lockFile);
        try {
            if (OURS.contains(lockFile)
                    || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                return;
            }
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (channel.tryLock() == null) {
                    return;
                }
                new TaskFolder(folder).close();
            }
            Files.deleteIfExists(lockFile);
            LOG.info("Deleted {}, which a killed trainer had left", folder);
        } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    @Override
    public void close() {
        try (lock) {
            new TaskFolder(path).close();
            Files.deleteIfExists(lockFile);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be deleted", path, e);
        }
        OURS.remove(lockFile);
    }
}
