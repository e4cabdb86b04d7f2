package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks show}: all that there is to say of one. */
@Command(
        name = "show",
        description = "Show a task.",
        footer = {"%nExample:", "  foretell tasks show 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksShow extends OneTask {
    @Override
    public Integer call() {
        return tasks().print(tasks().router().get(path()));
    }
}
