package dev.foretell.worker.training.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files of one task while it runs; deleted when it is closed. */
record TaskFolder(Path path) implements AutoCloseable {
    static TaskFolder create(Path within) throws IOException {
        Files.createDirectories(within);
        return new TaskFolder(Files.createTempDirectory(within, "task-"));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
