package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks retry}: queues one anew. */
@Command(
        name = "retry",
        description = "Queue a task again that failed or was cancelled.",
        footer = {"%nExample:", "  foretell tasks retry 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksRetry implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id = "";

    @Override
    public Integer call() {
        return tasks.print(tasks.router().post(TasksCommand.path(id) + "/retry", ""));
    }
}
