package dev.foretell.router.store.embedded;

import dev.foretell.router.store.embedded.FolderIdentity.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the embedded server: private to its owner, and held by one router from {@link #open} to {@link #close}
 * or to the end of its JVM.
 */
public final class DataFolder implements AutoCloseable {
    /** The settings of its server. */
    public static final String CONF = "redis.conf";
    /** The pid of its server. */
    public static final String PID = "redis.pid";

    private static final String LOCK = "router.lock";
    private static final String HOLDER = "router.pid";
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    /**
     * The folders that this JVM holds. The operating system's lock belongs to the whole JVM, and closing any channel to
     * the file would release it. So within the JVM, a folder is refused before its lock file is opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws StoreStartException if the folder cannot be written, or another router holds it */
    public static DataFolder open(Path where) {
        try {
            Path folder = Files.createDirectories(where).toRealPath();
            makePrivate(folder, "rwx------");
            return hold(folder);
        } catch (FileAlreadyExistsException e) {
            throw new StoreStartException("the data folder " + where + " is a file; name a folder with redis.data", e);
        } catch (IOException e) {
            throw unusable(where, e);
        }
    }

    private static DataFolder hold(Path folder) throws IOException {
        if (!HELD.add(folder)) {
            throw inUse(folder, "this process");
        }
        try {
            return new DataFolder(folder, lock(folder));
        } catch (IOException | RuntimeException e) {
            HELD.remove(folder);
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(folder, "process " + holder(folder));
        }
        Files.writeString(
                folder.resolve(HOLDER), String.valueOf(ProcessHandle.current().pid()));
        return channel;
    }

    private static String holder(Path folder) {
        try {
            return Files.readString(folder.resolve(HOLDER));
        } catch (IOException e) {
            return "unknown";
        }
    }

    public Path path() {
        return folder;
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Writes a file that only its owner can read, completely or not at all. */
    void writeSecret(String name, String text) {
        try {
            Path draft = path(name + ".new");
            Files.deleteIfExists(draft);
            try (FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                makePrivate(draft, "rw-------");
                file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            }
            Files.move(draft, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Writes the identity of this folder, and logs a change of it. A copy drops the server of the original.
     *
     * @return whether a router has run in this very folder before and left its identity
     */
    boolean identify() {
        try {
            Optional<FolderIdentity> earlier = read(FolderIdentity.FILE).flatMap(FolderIdentity::parse);
            FolderIdentity now = FolderIdentity.of(folder);
            Origin origin = earlier.map(now::since).orElse(Origin.UNKNOWN);
            boolean isSame = origin == Origin.SAME || origin == Origin.MOVED;
            if (!isSame) {
                Files.deleteIfExists(path(CONF));
                Files.deleteIfExists(path(PID));
            }
            writeSecret(FolderIdentity.FILE, (isSame ? now.withId(earlier.get().id()) : now).text());
            earlier.ifPresent(before -> tell(origin, before));
            return isSame;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private void tell(Origin origin, FolderIdentity before) {
        if (origin == Origin.MOVED) {
            LOG.info("The data folder {} was {} before", folder, before.path());
        } else if (origin == Origin.COPY) {
            LOG.warn("{}", new CopiedFolder(folder, before.path()));
        }
    }

    /** Releases the folder. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path(HOLDER));
            lock.close();
        } catch (IOException e) {
            throw unusable(folder, e);
        } finally {
            HELD.remove(folder);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static void makePrivate(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static StoreStartException inUse(Path folder, String holder) {
        return new StoreStartException("the data folder " + folder + " is in use by another router (" + holder
                + "); stop that one, or name another folder with --data (redis.data)");
    }

    private static StoreStartException unusable(Path folder, IOException e) {
        return new StoreStartException(
                "cannot use the data folder " + folder + " (" + reason(e) + "); name another with --data (redis.data)",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this user has no permission to write there";
        }
        String why = e instanceof FileSystemException inFiles ? inFiles.getReason() : e.getMessage();
        return why == null ? "it cannot be created" : why;
    }
}
