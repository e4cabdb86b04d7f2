package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks retry}: queues one anew. */
@Command(
        name = "retry",
        description = "Queue a task again that failed or was cancelled.",
        footer = {"%nExample:", "  foretell tasks retry 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksRetry extends OneTask {
    @Override
    public Integer call() {
        return tasks().print(tasks().router().post(path() + "/retry", ""));
    }
}
