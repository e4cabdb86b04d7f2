package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  foretell tasks run --data customers.csv --separator ';' \\",
            "      --target churn --category churn --ignore id \\",
            "      --algorithm logistic-regression",
            "  foretell tasks run --data iris.csv --target species \\",
            "      --algorithm random-forest --serve iris --as canary \\",
            "      --if-better-on accuracy",
            "  foretell tasks run --data iris.csv --target species --automl \\",
            "      --time-limit 60 --serve iris",
            "  foretell tasks run --data iris.csv --target species --automl \\",
            "      --keep 3 --serve iris --ensemble iris-best",
            Exit.HELP
        })
final class TasksRun implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The table: a CSV with a header.")
    private Path data = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to be predicted.")
    private String target = "";

    @Option(names = "--algorithm", paramLabel = "NAME", description = "The algorithm, such as decision-tree.")
    private String algorithm = "";

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Option(
            names = "--param",
            paramLabel = "NAME=NUMBER",
            description = "A parameter of the algorithm, such as max-depth=3; may be given many times.")
    private Map<String, Double> parameters = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "What chance begins with (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--name", paramLabel = "TEXT", description = "The task's name (default: the file's).")
    private @Nullable String name;

    @Option(names = "--serve", paramLabel = "MODEL", description = "Register the model as a version of this one.")
    private @Nullable String serve;

    @Mixin
    private ServeOptions serveOptions = new ServeOptions();

    @Option(names = "--promote", description = "Short for --as promote.")
    private boolean promote;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An Idempotency-Key: the same command twice is one task.")
    private @Nullable String key;

    @Option(names = "--detach", description = "Print the task's id, and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        search.check(algorithm);
        requireModel();
        TaskSubmission submission = new TaskSubmission(tasks, tasks.router());
        ObjectNode order = order();
        submission.addTable(order, data);
        return submission.run(order, key == null ? Map.of() : Map.of("Idempotency-Key", key), detach);
    }

    private void requireModel() {
        if (promote) {
            serveOptions.promote();
        }
        if (serve == null && !serveOptions.isEmpty()) {
            throw CommandFailure.usage("--promote, --as, --weight, --if-better-on and --ensemble need --serve MODEL");
        }
    }

    private String nameOfFile() {
        return String.valueOf(data.getFileName());
    }

    private ObjectNode order() {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", name == null ? nameOfFile() : name);
        ObjectNode training = order.putObject("parameters").put("target", target);
        if (search.isSearch()) {
            order.put("kind", "automl");
            search.addTo(training);
        } else {
            training.put("algorithm", algorithm);
        }
        if (!parameters.isEmpty()) {
            ObjectNode numbers = training.putObject("parameters");
            parameters.forEach((name, value) -> numbers.set(name, number(value)));
        }
        if (seed != null) {
            training.put("seed", seed);
        }
        engine.addTo(training);
        table.addTo(training);
        limits.addTo(order);
        if (serve != null) {
            serveOptions.addTo(order, serve);
        }
        return order;
    }

    /** A whole number as one; the router's decimals are shown as 1E+3. */
    private static JsonNode number(double value) {
        return value == (long) value ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
    }
}
