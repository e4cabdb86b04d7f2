package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.FileUpload;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.options.RouterCommandGroup;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.ProgressBar;
import dev.foretell.commons.json.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;

/** Orders a task, watches it to its end, and calls the model that came of it. */
public final class TaskSubmission {
    private final RouterCommandGroup group;
    private final RouterHttp router;

    public TaskSubmission(RouterCommandGroup group, RouterHttp router) {
        this.group = group;
        this.router = router;
    }

    /** Sends a table, and names it in the order. */
    public void addTable(ObjectNode order, Path table) {
        String name = String.valueOf(table.getFileName());
        LongConsumer progress = ProgressBar.on(group.err(), name, table.toFile().length());
        String digest = router.upload("/v1/task-files", FileUpload.of(table, "text/csv", progress), Map.of())
                .orFail()
                .json()
                .path("digest")
                .asText();
        order.putObject("data").put("digest", digest).put("name", name);
    }

    /**
     * The exit code, once the task has ended.
     *
     * @param detach whether to print its id instead of waiting
     */
    public int run(ObjectNode order, Map<String, String> headers, boolean detach) {
        Reply queued = router.send("POST", "/v1/tasks", Json.writeText(order), headers, RouterHttp.ANSWER);
        if (!queued.isOk()) {
            throw CommandFailure.of(FlagNames.in(queued.problem()));
        }
        queued.orFail();
        String id = queued.json().path("id").asText();
        if (detach) {
            group.out().println(group.json() ? queued.body() : id);
            return Exit.OK;
        }
        JsonNode ended = new TaskWatch(router, group.err()).await(id);
        group.out().println(group.json() ? ended.toString() : TaskText.of(ended));
        if (!ended.path("state").asText().equals("SUCCEEDED")) {
            return Exit.FAILED;
        }
        JsonNode result = ended.path("result");
        JsonNode served = result.path("served");
        return group.json() || !served.isObject() || !result.has("sample")
                ? Exit.OK
                : new TrialCall(router, group.out()).make(served.path("model").asText(), ended);
    }
}
