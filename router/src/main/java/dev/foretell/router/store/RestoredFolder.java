package dev.foretell.router.store;

import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.DataFolder;
import dev.foretell.router.store.embedded.FolderIdentity;
import dev.foretell.router.store.embedded.StoreStartException;
import dev.foretell.router.store.embedded.StoredFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A data folder that is being restored. A separate server writes the state into a folder inside it; renaming then puts
 * the files into place. No router can open the folder meanwhile. Blocking; for one thread.
 */
public final class RestoredFolder implements AutoCloseable {
    private static final String STAGE = "restore-";

    /** Files that a router leaves in every folder that it opens, with or without a state. */
    private static final Set<String> OF_NO_STATE = Set.of(
            "router.lock",
            "router.pid",
            "router.json",
            "daemon.lock",
            DataFolder.CONF,
            DataFolder.PID,
            "bin",
            FolderIdentity.FILE,
            "lost+found");

    private final DataFolder folder;
    private final Path stage;

    private RestoredFolder(DataFolder folder) {
        this.folder = folder;
        this.stage = folder.path(STAGE + UUID.randomUUID());
    }

    /**
     * @param replace whether to replace an existing state
     * @throws StoreStartException if a router holds the folder, or it is not empty
     */
    public static RestoredFolder open(Path where, boolean replace) {
        DataFolder folder = DataFolder.open(where);
        try {
            List<Path> present = present(folder.path());
            if (!replace && !present.isEmpty()) {
                throw new StoreStartException("the data folder " + folder + " is not empty ("
                        + present.get(0).getFileName() + "); name another one, or replace its state with --replace");
            }
            return new RestoredFolder(folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e instanceof IOException io ? toFailure(where, io) : (RuntimeException) e;
        }
    }

    private static List<Path> present(Path folder) throws IOException {
        List<Path> present = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(STAGE)) {
                    delete(file); // left by a killed restore: nobody else can be using it
                } else if (!OF_NO_STATE.contains(name) && !isEmpty(file)) {
                    present.add(file);
                }
            }
        }
        return present;
    }

    private static boolean isEmpty(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return Files.size(file) == 0;
        }
        try (Stream<Path> within = Files.walk(file)) {
            return within.allMatch(Files::isDirectory);
        }
    }

    /** Lets a server write the state; the current state of the folder stays untouched. */
    public void write(StoreConfig config, Iterable<StoredKey> state) {
        StoreConfig within = new StoreConfig(null, stage, config.server(), config.keyPrefix(), config.timeout());
        try (SavedState saved = SavedState.start(within)) {
            saved.replace(state);
        }
    }

    /** Replaces the current state with the written one. */
    public void putInPlace() {
        try {
            Path mark = folder.path(StoredFiles.HALF_RESTORED);
            Path old = Files.createDirectories(stage.resolve("old"));
            Files.write(mark, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            for (String name : List.of(StoredFiles.ONE_FILE, StoredFiles.MANY_FILES)) {
                move(folder.path(name), old.resolve(name));
                move(stage.resolve(name), folder.path(name));
            }
            sync(folder.path());
            Files.delete(mark);
            sync(folder.path());
        } catch (IOException e) {
            throw toFailure(folder.path(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try {
            delete(stage);
        } catch (IOException e) {
            throw toFailure(stage, e);
        } finally {
            folder.close();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static StoreStartException toFailure(Path where, IOException e) {
        return new StoreStartException("cannot restore into " + where + ": " + e.getMessage(), e);
    }
}
