package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Unreadable;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code foretell tasks code}: trains a model with code of one's own. */
@Command(
        name = "code",
        description = {
            "Train a model with code of your own, a TrainFunction in Java.",
            "It is a class in a jar of the trainer or, if the router's training.allow-source",
            "is on, a source file."
        },
        footer = {
            "%nExamples:",
            "  foretell trainer --jars mine.jar",
            "  foretell tasks code --class com.me.Mine --data iris.csv --serve iris",
            "  foretell tasks code --source Mine.java --data iris.csv",
            Exit.HELP
        })
final class TasksCode implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @ArgGroup(multiplicity = "1")
    private Code code = new Code();

    /** One of them. */
    static final class Code {
        @Option(names = "--class", required = true, paramLabel = "NAME", description = "The full name of the class.")
        private @Nullable String className;

        @Option(names = "--source", required = true, paramLabel = "FILE", description = "The source file.")
        private @Nullable Path source;
    }

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The table that the code gets.")
    private Path data = Path.of("");

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of it; may be given many times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--name", paramLabel = "TEXT", description = "The task's name (default: the file's).")
    private @Nullable String name;

    @Option(names = "--serve", paramLabel = "MODEL", description = "Register the model as a version of this one.")
    private @Nullable String serve;

    @Mixin
    private ServeOptions serveOptions = new ServeOptions();

    @Option(names = "--detach", description = "Print the task's id, and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        if (serve == null && !serveOptions.isEmpty()) {
            throw CommandFailure.usage("--as, --weight, --if-better-on and --ensemble need --serve MODEL");
        }
        ObjectNode order = Json.MAPPER
                .createObjectNode()
                .put("kind", "code")
                .put("name", name == null ? String.valueOf(data.getFileName()) : name);
        ObjectNode training = order.putObject("parameters");
        if (code.source == null) {
            training.put("class", code.className);
        } else {
            training.put("source", read(code.source));
        }
        ObjectNode values = training.putObject("parameters");
        parameters.forEach((key, value) -> put(values, key, value));
        if (serve != null) {
            serveOptions.addTo(order, serve);
        }
        TaskSubmission submission = new TaskSubmission(tasks, tasks.router());
        submission.addTable(order, data);
        return submission.run(order, Map.of(), detach);
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw Unreadable.file(source, e);
        }
    }

    /** A number is one, with all its digits. */
    private static void put(ObjectNode values, String name, String value) {
        if (value.matches("-?[0-9]{1,40}")) {
            values.put(name, new BigInteger(value));
        } else if (value.matches("-?[0-9]{1,40}([.][0-9]{1,40})?([eE]-?[0-9]{1,3})?")) {
            values.put(name, new BigDecimal(value));
        } else {
            values.put(name, value);
        }
    }
}
