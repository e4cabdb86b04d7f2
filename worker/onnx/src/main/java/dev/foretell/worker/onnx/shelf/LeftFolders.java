package dev.foretell.worker.onnx.shelf;

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
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders of killed hosts: nobody holds their lock, and nobody will use them again. */
final class LeftFolders {
    private static final Logger LOG = LoggerFactory.getLogger(LeftFolders.class);
    private static final int MAX = 1000;
    /** A starting host has created its folder but not locked it yet. */
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    private LeftFolders() {}

    /**
     * Deletes such folders of the same user next to a host's own folder; ignores those that cannot be read or deleted.
     */
    static void deleteBeside(Path own, String prefix) {
        Path parent = own.resolveSibling("");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            UserPrincipal user = Files.getOwner(own);
            int seen = 0;
            for (Path folder : folders) {
                if (++seen > MAX) {
                    return;
                }
                deleteIfLeft(folder, user);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("the folders of other hosts cannot be checked", e);
        }
    }

    private static void deleteIfLeft(Path folder, UserPrincipal user) {
        Path lock = folder.resolve(ShelfFiles.LOCK);
        try {
            if (HeldFolders.has(folder) || !isOld(lock) || !isFolderOf(user, folder)) {
                return;
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (channel.tryLock() == null) {
                    return;
                }
                ShelfFiles.deleteAll(folder);
            }
            ShelfFiles.deleteFolder(folder);
            LOG.info("Deleted {}, which a killed host had left behind", folder);
        } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    private static boolean isOld(Path lock) throws IOException {
        Instant made =
                Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS).toInstant();
        return made.isBefore(Instant.now().minus(YOUNGEST));
    }

    private static boolean isFolderOf(UserPrincipal user, Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
    }
}
