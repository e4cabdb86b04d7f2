package dev.foretell.worker.onnx.shelf;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a host's model files, for one host at a time. Files of an earlier host are reused if their content
 * still matches their names; incomplete files are deleted.
 */
public final class ShelfFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShelfFolder.class);
    private static final String TEMPORARY = "foretell-host-";

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lock;

    private ShelfFolder(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens a folder and creates it if it is missing. Opening a temporary folder also deletes the folders of killed
     * hosts.
     *
     * @param path empty for a temporary folder
     * @throws IllegalStateException if another host uses it, or it is not writable
     */
    public static ShelfFolder open(String path) {
        try {
            Path folder = path.isEmpty()
                    ? Files.createTempDirectory(TEMPORARY)
                    : Files.createDirectories(Path.of(path).toAbsolutePath());
            ShelfFolder opened = new ShelfFolder(folder, path.isEmpty(), lock(folder));
            HeldFolders.add(folder);
            ShelfFiles.deleteAll(folder, ShelfFiles.PART);
            if (opened.temporary) {
                LeftFolders.deleteBeside(folder, TEMPORARY);
            }
            return opened;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the folder " + path
                            + " for model files cannot be used: it is a file, or cannot be created or written;"
                            + " name another with --data (shelf.data)",
                    e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(ShelfFiles.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("a host of this process has the folder", e);
        }
        channel.close();
        throw new IllegalStateException("another host uses the folder " + folder);
    }

    Path file(String digest) {
        return folder.resolve(digest + ShelfFiles.FILE);
    }

    Path part(String name) {
        return folder.resolve(name + ShelfFiles.PART);
    }

    /** The digests and lengths of an earlier host's files, the oldest first. */
    Map<String, Long> leftovers() {
        Map<String, Long> left = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toFile)
                    .filter(file ->
                            file.getName().endsWith(ShelfFiles.FILE) && FileDigest.isOne(digest(file.getName())))
                    .sorted(Comparator.comparingLong(File::lastModified))
                    .forEach(file -> left.put(digest(file.getName()), file.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left;
    }

    private static String digest(String name) {
        return name.substring(0, name.length() - ShelfFiles.FILE.length());
    }

    void delete(String digest) {
        ShelfFiles.delete(file(digest));
    }

    @Override
    public void close() {
        if (temporary) {
            ShelfFiles.deleteAll(folder);
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("the folder's lock could not be closed", e);
        }
        if (temporary) {
            ShelfFiles.deleteFolder(folder);
        }
        HeldFolders.remove(folder);
    }
}
