package dev.foretell.cli.tasks;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks log}: what its process wrote. */
@Command(
        name = "log",
        description = "Show the last lines that the process of a task wrote.",
        footer = {"%nExample:", "  foretell tasks log 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksLog implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id = "";

    @Override
    public Integer call() {
        String path = TasksCommand.path(id) + "/log";
        Reply reply = tasks.router().get(path);
        if (!reply.isOk()) {
            reply.orFail();
        }
        tasks.out().print(reply.body());
        tasks.out().flush();
        return Exit.OK;
    }
}
