package dev.foretell.worker.training.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files of one task while it runs; deleted when it is closed. */
public record TaskFolder(Path path) implements AutoCloseable {
    /** The task as its process gets it. */
    public static final String TASK = "task.json";
    /** The table that it trains on. */
    public static final String DATA = "data.csv";

    public static final String MODEL = "model.onnx";
    public static final String RESULT = "result.json";
    /** Why it failed, for the caller who ordered the task. */
    public static final String ERROR = "error.txt";
    /** The rows that another model is to be compared on. */
    public static final String HOLDOUT = "holdout.json";

    private static final int TRIES = 10;

    public static TaskFolder create(Path within) throws IOException {
        Files.createDirectories(within);
        return new TaskFolder(Files.createTempDirectory(within, "task-"));
    }

    /** The file of a model behind the best; 0 is the second. */
    public static String runnerUp(int behind) {
        return "model-" + (behind + 2) + ".onnx";
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** Deletes what it can: other threads may still write. */
    void discard() {
        for (int tries = 0; tries < TRIES && Files.exists(path); tries++) {
            try {
                close();
            } catch (IOException | UncheckedIOException inUse) {
                // A folder that stays is better than a process that does; the next trainer deletes it.
            }
        }
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
