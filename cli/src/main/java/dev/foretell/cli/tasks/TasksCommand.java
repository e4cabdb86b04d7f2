package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.options.RouterCommandGroup;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks}: training, from the table to the model that is served. */
@Command(
        name = "tasks",
        description = "Train models: tasks wait at a router until a trainer takes them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TasksRun.class,
            TasksCode.class,
            TasksList.class,
            TasksShow.class,
            TasksWatch.class,
            TasksLog.class,
            TasksDownload.class,
            TasksLeaderboard.class,
            TasksReplay.class,
            TasksCancel.class,
            TasksRetry.class,
            TasksRemove.class
        },
        footer = {
            "%nExamples:",
            "  foretell tasks run --data iris.csv --target species \\",
            "      --algorithm decision-tree --serve iris",
            "  foretell tasks list --state running",
            "  foretell tasks watch 0fmh2k3v1c8ta9",
            Exit.HELP
        })
public final class TasksCommand extends RouterCommandGroup {
    /** {@code /v1/tasks/0fmh2k3v1c8ta9}. */
    static String path(String id) {
        if (!id.matches("[0-9a-v]{14}")) {
            throw CommandFailure.usage("'" + id + "' is no task's id: foretell tasks list shows them");
        }
        return "/v1/tasks/" + id;
    }

    /** Prints a task as a router answered with it. */
    Integer print(Reply reply) {
        JsonNode task = reply.orFail().json();
        out().println(json() ? reply.body() : TaskText.of(task));
        return Exit.OK;
    }
}
