package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.FileUpload;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.ProgressBar;
import dev.foretell.commons.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks run}: trains a model on a table, and serves it. */
@Command(
        name = "run",
        description = {
            "Train a model on a table, and serve it where that is asked for.",
            "The command watches the task until it has ended."
        },
        footer = {
            "%nExamples:",
            "  foretell tasks run --data iris.csv --target species \\",
            "      --algorithm decision-tree --serve iris",
            "  foretell tasks run --data iris.csv --target species \\",
            "      --algorithm decision-tree --param max-depth=3 --detach",
            Exit.HELP
        })
final class TasksRun implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The table: a CSV with a header.")
    private Path data = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to be predicted.")
    private String target = "";

    @Option(
            names = "--algorithm",
            required = true,
            paramLabel = "NAME",
            description = "What learns, such as decision-tree.")
    private String algorithm = "";

    @Option(names = "--param", paramLabel = "NAME=NUMBER", description = "A parameter of it; may be given many times.")
    private Map<String, Double> parameters = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "What chance begins with; 1.")
    private @Nullable Long seed;

    @Option(names = "--name", paramLabel = "TEXT", description = "The task's name; the file's.")
    private @Nullable String name;

    @Option(names = "--serve", paramLabel = "MODEL", description = "Register the model as a version of this one.")
    private @Nullable String serve;

    @Option(names = "--promote", description = "Give the new version all calls; else only a model's first gets them.")
    private boolean promote;

    @Option(names = "--time", paramLabel = "SECONDS", description = "How long it may run; as the router has it.")
    private @Nullable Long seconds;

    @Option(names = "--memory", paramLabel = "MIB", description = "The heap of its process; as the router has it.")
    private @Nullable Integer memory;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An Idempotency-Key: the same command twice is one task.")
    private @Nullable String key;

    @Option(names = "--detach", description = "Print the task's id, and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        if (promote && serve == null) {
            throw CommandFailure.usage("--promote needs --serve MODEL");
        }
        RouterHttp router = tasks.router();
        String digest = send(router);
        Reply queued = router.send(
                        "POST",
                        "/v1/tasks",
                        order(digest),
                        key == null ? Map.of() : Map.of("Idempotency-Key", key),
                        RouterHttp.ANSWER)
                .orFail();
        String id = queued.json().path("id").asText();
        if (detach) {
            tasks.out().println(tasks.json() ? queued.body() : id);
            return Exit.OK;
        }
        JsonNode ended = new TaskWatch(router, tasks.err()).await(id);
        tasks.out().println(tasks.json() ? ended.toString() : TaskText.of(ended));
        if (!ended.path("state").asText().equals("SUCCEEDED")) {
            return Exit.FAILED;
        }
        return tasks.json() || serve == null ? Exit.OK : new TrialCall(router, tasks.out()).make(serve, ended);
    }

    private String send(RouterHttp router) {
        FileUpload upload = FileUpload.of(data, "text/csv", ProgressBar.on(tasks.err(), nameOfFile(), size()));
        return router.upload("/v1/task-files", upload, Map.of())
                .orFail()
                .json()
                .path("digest")
                .asText();
    }

    private long size() {
        return data.toFile().length();
    }

    private String nameOfFile() {
        return String.valueOf(data.getFileName());
    }

    private String order(String digest) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", name == null ? nameOfFile() : name);
        ObjectNode training =
                order.putObject("parameters").put("target", target).put("algorithm", algorithm);
        if (!parameters.isEmpty()) {
            ObjectNode numbers = training.putObject("parameters");
            parameters.forEach(numbers::put);
        }
        if (seed != null) {
            training.put("seed", seed);
        }
        order.putObject("data").put("digest", digest).put("name", nameOfFile());
        ObjectNode limits = order.putObject("limits");
        if (seconds != null) {
            limits.put("time_ms", seconds * 1000);
        }
        if (memory != null) {
            limits.put("memory_mb", memory);
        }
        if (serve != null) {
            order.putObject("serve").put("model", serve).put("as", promote ? "promote" : "staged");
        }
        return Json.writeText(order);
    }
}
