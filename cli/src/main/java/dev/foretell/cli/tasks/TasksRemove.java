package dev.foretell.cli.tasks;

import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks rm}: takes one out that has ended. */
@Command(
        name = "rm",
        description = "Delete a task that has ended; a model that it registered stays.",
        footer = {"%nExample:", "  foretell tasks rm 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksRemove extends OneTask {
    @Override
    public Integer call() {
        String reply = tasks().router().delete(path()).orFail().body();
        tasks().out().println(tasks().json() ? reply : id() + " is gone");
        return Exit.OK;
    }
}
