package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks show}: all that there is to say of one. */
@Command(
        name = "show",
        description = "Show a task.",
        footer = {"%nExample:", "  foretell tasks show 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksShow implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id = "";

    @Override
    public Integer call() {
        return tasks.print(tasks.router().get(TasksCommand.path(id)));
    }
}
