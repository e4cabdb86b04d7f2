package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks watch}: how far one has come, until it has ended. */
@Command(
        name = "watch",
        description = "Show how far a task has come, until it has ended.",
        footer = {"%nExample:", "  foretell tasks watch 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksWatch extends OneTask {
    @Override
    public Integer call() {
        JsonNode ended = new TaskWatch(tasks().router(), tasks().err()).await(id());
        tasks().out().println(tasks().json() ? ended.toString() : TaskText.of(ended));
        return ended.path("state").asText().equals("SUCCEEDED") ? Exit.OK : Exit.FAILED;
    }
}
