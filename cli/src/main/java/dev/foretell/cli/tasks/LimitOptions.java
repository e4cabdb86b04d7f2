package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the process of a task may use. */
final class LimitOptions {
    private static final int LEAST_MEMORY = 32;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "How long the task may run, at least 1 (default: the router's tasks.time).")
    private @Nullable Long seconds;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description = "The heap of its process, at least 32 (default: the router's tasks.memory-mb).")
    private @Nullable Integer memory;

    void addTo(ObjectNode order) {
        if (seconds != null && (seconds < 1 || seconds > Integer.MAX_VALUE)) {
            throw CommandFailure.usage("--time must be at least 1 second, not " + seconds);
        }
        if (memory != null && memory < LEAST_MEMORY) {
            throw CommandFailure.usage("--memory must be at least " + LEAST_MEMORY + " MiB, not " + memory);
        }
        ObjectNode limits = order.putObject("limits");
        if (seconds != null) {
            limits.put("time_ms", seconds * 1000);
        }
        if (memory != null) {
            limits.put("memory_mb", memory);
        }
    }
}
