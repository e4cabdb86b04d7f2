package dev.foretell.router.tasks;

import dev.foretell.commons.config.Inline;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Training tasks: section {@code tasks} of the configuration.
 *
 * @param trainer whether the router starts a trainer of its own when tasks wait
 * @param maxQueued how many tasks may wait
 */
public record TasksConfig(
        boolean trainer,
        @Inline Files files,
        int maxQueued,
        @Inline Retention retention,
        @Inline Leases leases,
        @Inline Limits limits) {
    public TasksConfig {
        require(maxQueued >= 1, "max-queued must be at least 1");
    }

    /**
     * The files of tasks.
     *
     * @param folder where tables and trained models are; routers that share their state share it too; empty for {@code tasks}
     *     beside the folder of the models
     * @param dataFolder where callers may name files of this machine; empty to refuse such names
     * @param maxDataBytes the maximum length of a table or a model
     */
    public record Files(String folder, String dataFolder, long maxDataBytes) {
        public Files {
            require(maxDataBytes >= 1, "max-data-bytes must be at least 1");
        }
    }

    /**
     * What is kept of tasks that have ended.
     *
     * @param keep how long a task is kept after its end
     * @param maxKept the maximum number of ended tasks
     * @param logLines the maximum number of lines of a task's log; the last ones are kept
     */
    public record Retention(Duration keep, int maxKept, int logLines) {
        public Retention {
            require(maxKept >= 1, "max-kept must be at least 1");
            require(logLines >= 1 && logLines <= 100_000, "log-lines must be between 1 and 100000");
        }
    }

    /**
     * When a task changes its trainer.
     *
     * @param lease how long a trainer may be silent before it loses its task
     * @param attempts how many trainers may have a task, one after the other
     */
    public record Leases(Duration lease, int attempts) {
        public Leases {
            require(lease.toMillis() >= 1000, "lease must be at least 1s");
            require(attempts >= 1 && attempts <= 100, "attempts must be between 1 and 100");
        }
    }

    /**
     * What the process of one task may use.
     *
     * @param time the longest run of a task that sets no limit
     * @param maxTime the maximum limit that a task may set
     * @param memoryMb the heap of a task that sets no limit, in MiB
     * @param maxMemoryMb the maximum heap that a task may set, in MiB
     */
    public record Limits(Duration time, Duration maxTime, int memoryMb, int maxMemoryMb) {
        public Limits {
            require(time.toMillis() >= 1000 && time.compareTo(maxTime) <= 0, "time must be between 1s and max-time");
            require(memoryMb >= 32 && memoryMb <= maxMemoryMb, "memory-mb must be between 32 and max-memory-mb");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    public static TasksConfig defaults() {
        return new TasksConfig(
                true,
                new Files("", "", 1L << 30),
                10_000,
                new Retention(Duration.ofDays(7), 10_000, 2000),
                new Leases(Duration.ofSeconds(10), 5),
                new Limits(Duration.ofMinutes(10), Duration.ofHours(24), 512, 16_384));
    }

    /** The folder of tables and trained models; {@code models} is the folder of the registered models. */
    public Path folder(Path models) {
        return files.folder().isEmpty() ? models.toAbsolutePath().resolveSibling("tasks") : Path.of(files.folder());
    }

    /** The folder in which callers may name files; null if they may name none. */
    public @Nullable Path readable() {
        return files.dataFolder().isEmpty() ? null : Path.of(files.dataFolder());
    }
}
