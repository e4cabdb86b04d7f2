package dev.foretell.worker.onnx.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in the folder of a host, and how they are deleted. */
final class ShelfFiles {
    /** How whole files end. */
    static final String FILE = ".onnx";
    /** How files end that are still being fetched. */
    static final String PART = ".part";
    /** The file that a running host holds a lock on. */
    static final String LOCK = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(ShelfFiles.class);

    private ShelfFiles() {}

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    /** All except the lock, which is deleted with the folder. */
    static void deleteAll(Path folder) {
        deleteAll(folder, FILE);
        deleteAll(folder, PART);
    }

    static void deleteFolder(Path folder) {
        delete(folder.resolve(LOCK));
        delete(folder);
    }

    static void deleteAll(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> left = files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .toList();
            left.forEach(ShelfFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
