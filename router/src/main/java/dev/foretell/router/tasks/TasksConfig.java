package dev.foretell.router.tasks;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Training tasks: section {@code tasks} of the configuration.
 *
 * @param trainer whether the router starts a trainer of its own when tasks wait
 * @param folder where data and trained models are; routers that share their state share it too; empty for {@code tasks} beside
 *     the folder of the models
 * @param dataFolder where callers may name files of this machine; empty for nowhere
 * @param maxDataBytes the longest table or model taken
 * @param maxQueued how many tasks may wait
 * @param keep how long a task is kept after its end
 * @param maxKept how many ended tasks are kept at most
 * @param lease how long a trainer may be silent before it loses its task
 * @param attempts how many trainers may have a task, one after the other
 * @param time how long a task may run that does not say
 * @param maxTime how long a task may run that does
 * @param memoryMb the heap of a task that does not say, in MiB
 * @param maxMemoryMb the heap of a task that does, in MiB
 * @param logLines how many lines of a task's log are kept, the last ones
 */
public record TasksConfig(
        boolean trainer,
        String folder,
        String dataFolder,
        long maxDataBytes,
        int maxQueued,
        Duration keep,
        int maxKept,
        Duration lease,
        int attempts,
        Duration time,
        Duration maxTime,
        int memoryMb,
        int maxMemoryMb,
        int logLines) {
    public TasksConfig {
        require(maxDataBytes >= 1, "max-data-bytes must be at least 1");
        require(maxQueued >= 1, "max-queued must be at least 1");
        require(maxKept >= 1, "max-kept must be at least 1");
        require(lease.toMillis() >= 1000, "lease must be at least 1s");
        require(attempts >= 1 && attempts <= 100, "attempts must be between 1 and 100");
        require(time.toMillis() >= 1000 && time.compareTo(maxTime) <= 0, "time must be between 1s and max-time");
        require(memoryMb >= 32 && memoryMb <= maxMemoryMb, "memory-mb must be between 32 and max-memory-mb");
        require(logLines >= 1 && logLines <= 100_000, "log-lines must be between 1 and 100000");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    public static TasksConfig defaults() {
        return new TasksConfig(
                true,
                "",
                "",
                1L << 30,
                10_000,
                Duration.ofDays(7),
                10_000,
                Duration.ofSeconds(10),
                5,
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                512,
                16_384,
                2000);
    }

    /** Where data and trained models are, beside this folder of the models. */
    public Path folder(Path models) {
        return folder.isEmpty() ? models.toAbsolutePath().resolveSibling("tasks") : Path.of(folder);
    }

    /** Where callers may name files; null for nowhere. */
    public @Nullable Path readable() {
        return dataFolder.isEmpty() ? null : Path.of(dataFolder);
    }
}
