package dev.foretell.cli.tasks;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks log}: what its process wrote. */
@Command(
        name = "log",
        description = "Show the last lines that the process of a task wrote.",
        footer = {"%nExample:", "  foretell tasks log 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksLog extends OneTask {
    @Override
    public Integer call() {
        String path = path() + "/log";
        Reply reply = tasks().router().get(path);
        if (!reply.isOk()) {
            reply.orFail();
        }
        tasks().out().print(reply.body());
        tasks().out().flush();
        return Exit.OK;
    }
}
