package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks list}: the newest ones. */
@Command(
        name = "list",
        description = "Show tasks, the newest first.",
        footer = {
            "%nExamples:",
            "  foretell tasks list",
            "  foretell tasks list --state failed --limit 20",
            "  foretell tasks list --json | jq -r .tasks[].id",
            Exit.HELP
        })
final class TasksList implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are queued, running, succeeded, failed or cancelled.")
    private @Nullable String state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, 1 to 1000 (default: 50).")
    private int limit;

    @Option(names = "--after", paramLabel = "ID", description = "Those that are older than this one.")
    private @Nullable String after;

    @Override
    public Integer call() {
        Reply reply = tasks.router().get("/v1/tasks" + query()).orFail();
        JsonNode page = reply.json();
        tasks.out().println(tasks.json() ? reply.body() : page.path("tasks").isEmpty() ? "No tasks." : text(page));
        return Exit.OK;
    }

    private String query() {
        if (limit < 1 || limit > 1000) {
            throw CommandFailure.usage("--limit must be from 1 to 1000");
        }
        if (state != null && !state.matches("[A-Za-z]+")) {
            throw CommandFailure.usage("--state must be queued, running, succeeded, failed or cancelled");
        }
        if (after != null) {
            TasksCommand.path(after);
        }
        return "?limit=" + limit + (state == null ? "" : "&state=" + state) + (after == null ? "" : "&after=" + after);
    }

    private static String text(JsonNode page) {
        Table table = new Table("ID", "STATE", "NAME", "ALGORITHM", "TOOK", "PROGRESS", "SERVED");
        page.path("tasks")
                .forEach(task -> table.row(
                        task.path("id").asText(),
                        task.path("state").asText(),
                        task.path("name").asText(),
                        algorithm(task),
                        task.has("started_ms") ? TaskText.took(task) : "",
                        task.path("state").asText().equals("RUNNING")
                                ? TaskText.progress(task.path("progress"))
                                : TaskText.shortReason(task.path("waits").asText()),
                        servedModel(task.path("result").path("served"))));
        String next = page.path("next").asText();
        return table + (next.isEmpty() ? "" : System.lineSeparator() + "more: foretell tasks list --after " + next);
    }

    /** {@code automl} for a search, which has none before its end. */
    private static String algorithm(JsonNode task) {
        return task.path("parameters")
                .path("algorithm")
                .asText(task.path("kind").asText().equals("automl") ? "automl" : "");
    }

    private static String servedModel(JsonNode served) {
        return served.isObject()
                ? served.path("model").asText() + ":" + served.path("version").asText()
                : "";
    }
}
