package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks rm}: takes one out that has ended. */
@Command(
        name = "rm",
        description = "Delete a task that has ended; a model that it registered stays.",
        footer = {"%nExample:", "  foretell tasks rm 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksRemove implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id = "";

    @Override
    public Integer call() {
        String reply = tasks.router().delete(TasksCommand.path(id)).orFail().body();
        tasks.out().println(tasks.json() ? reply : id + " is gone");
        return Exit.OK;
    }
}
