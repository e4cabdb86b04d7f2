package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks cancel}: ends one. */
@Command(
        name = "cancel",
        description = "End a task at once; its process is killed.",
        footer = {"%nExample:", "  foretell tasks cancel 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksCancel extends OneTask {
    @Override
    public Integer call() {
        return tasks().print(tasks().router().post(path() + "/cancel", ""));
    }
}
