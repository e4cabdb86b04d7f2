package dev.foretell.cli.daemon;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a background router writes its logs: one router to a folder, since two that rotate the same files lose each other's
 * lines, and nobody can tell whose the others are.
 */
public final class LogFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);
    private static final Path USUAL = Path.of("logs");
    private static final String CLAIM = "router.lock";
    private static final String OWNER = "router.data";

    private final Path folder;

    /** While this program holds it; confined to the thread that claims it. */
    private @Nullable FolderLock claim;

    public LogFolder(Path folder) {
        this.folder = folder;
    }

    /** {@code logs} for the usual data folder, and a folder in it, by the name of the data folder, for any other. */
    public static Path of(Path data, Path usualData) {
        Path name = absolute(data).getFileName();
        return absolute(data).equals(absolute(usualData)) || name == null ? USUAL : USUAL.resolve(name);
    }

    /** Makes it, unless it is there; fails if another router writes there. */
    public void requireFree() {
        try {
            Files.createDirectories(folder);
            if (Files.exists(folder.resolve(CLAIM)) && FolderLock.isTaken(folder.resolve(CLAIM))) {
                throw CommandFailure.of("the folder " + this + " has the logs of another router that runs,"
                        + " that of the data folder " + owner() + "; name another folder with --logs");
            }
        } catch (IOException e) {
            throw CommandFailure.of("the folder " + this + " for logs cannot be made; name another with --logs");
        }
    }

    /** Says that this very program writes there, until it ends or {@link #close}. Without a claim it runs all the same. */
    public void claim(Path data) throws InterruptedException {
        try {
            claim = FolderLock.take(folder.resolve(CLAIM)).orElse(null);
            if (claim == null) {
                LOG.warn("The router of the data folder {} writes its logs to {}, too", owner(), this);
            } else {
                Files.writeString(folder.resolve(OWNER), absolute(data).toString());
            }
        } catch (IOException e) {
            LOG.warn("Other routers cannot be told that {} has this one's logs: {}", this, e.getMessage());
        }
    }

    /** What the router says besides its logs goes there. */
    public Path console() {
        return folder.resolve("console.log");
    }

    /** Why the last one ended may be read later. */
    public void keepLastWords() throws IOException {
        if (Files.exists(console()) && Files.size(console()) > 0) {
            Files.move(console(), folder.resolve("console.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public String lastWords() throws IOException {
        return Files.readString(console()).strip();
    }

    private String owner() throws IOException {
        Path owner = folder.resolve(OWNER);
        return Files.exists(owner) ? Files.readString(owner) : "(unknown)";
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return absolute(folder).toString();
    }

    @Override
    public void close() throws IOException {
        if (claim != null) {
            claim.close();
        }
    }
}
