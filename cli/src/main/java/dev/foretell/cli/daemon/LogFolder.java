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
 * The folder for a background router's logs. Each router needs its own: two routers that rotate the same files would
 * lose lines, and the lines could not be told apart.
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

    /**
     * {@code logs} for the default data folder; for any other data folder, a folder with its name inside {@code logs}.
     */
    public static Path of(Path data, Path usualData) {
        Path name = absolute(data).getFileName();
        return absolute(data).equals(absolute(usualData)) || name == null ? USUAL : USUAL.resolve(name);
    }

    /** Creates it if it is missing; fails if another router writes there. */
    public void requireFree() {
        try {
            Files.createDirectories(folder);
            if (Files.exists(folder.resolve(CLAIM)) && FolderLock.isTaken(folder.resolve(CLAIM))) {
                throw CommandFailure.of("the folder " + this + " has the logs of another router that runs,"
                        + " that of the data folder " + owner() + "; name another folder with --logs");
            }
        } catch (IOException e) {
            throw CommandFailure.of("the folder " + this + " for logs cannot be created; name another with --logs");
        }
    }

    /**
     * Marks the folder as used by this program until it ends or {@link #close}. The program also runs without the mark.
     */
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

    /** The file for the router's other output. */
    public Path console() {
        return folder.resolve("console.log");
    }

    /** Keeps the last output, to explain later why the router ended. */
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
