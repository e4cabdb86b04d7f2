package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.FileDigest;
import dev.foretell.cli.client.FileUpload;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.options.Input;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.ProgressBar;
import dev.foretell.cli.terminal.Unreadable;
import dev.foretell.commons.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models push}: uploads a file as a new version of a model. */
@Command(
        name = "push",
        description = {
            "Upload a model file as a new version. A model's first version gets all of its calls.",
            "A later one gets none until you run 'models split' or 'models promote'."
        },
        footer = {
            "%nExamples:",
            "  foretell models push iris.onnx",
            "  foretell models push build/model.onnx --name iris --source git:4f2c1d \\",
            "      --label team=plants",
            "  foretell models push iris.onnx --sample '{\"X\": [[5.1, 3.5, 1.4, 0.2]]}'",
            Exit.HELP
        })
final class ModelsPush implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(paramLabel = "FILE", description = "The model, such as iris.onnx.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name (default: the file's name without its extension).")
    private @Nullable String name;

    @Option(names = "--type", paramLabel = "TYPE", description = "The type of a new model (default: the router's, AI).")
    private @Nullable String type;

    @Option(names = "--description", paramLabel = "TEXT", description = "What the model is for.")
    private @Nullable String description;

    @Option(names = "--source", paramLabel = "TEXT", description = "The origin of the file.")
    private @Nullable String source;

    @Option(names = "--sample", paramLabel = "JSON", description = "The sample for its warm-up: JSON, @FILE, or -.")
    private @Nullable String sample;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label of the model; may be given many times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Override
    public Integer call() {
        long size = size();
        String model = name == null ? nameOf(file) : name;
        String path = ModelsCommand.path(model) + "/versions";
        FileUpload upload = FileUpload.of(file, labels(), ProgressBar.on(models.err(), model, size));
        Reply reply = models.router()
                .upload(path, upload, Map.of("X-Content-SHA256", FileDigest.of(file)))
                .orFail();
        models.out().println(models.json() ? reply.body() : summary(model, reply.json()));
        return Exit.OK;
    }

    private long size() {
        try {
            if (Files.isDirectory(file)) {
                throw new FileNotFoundException();
            }
            return Files.size(file);
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\.onnx$", "");
    }

    private Map<String, String> labels() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("description", description);
        all.put("source", source);
        all.put("sample", sample == null ? null : Input.inPlace(sample));
        all.put("labels", labels.isEmpty() ? null : Json.writeText(labels));
        Map<String, String> labels = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value != null) {
                labels.put(name, value);
            }
        });
        return labels;
    }

    private static String summary(String model, JsonNode version) {
        int weight = version.path("weight").asInt();
        return model + ":" + version.path("version").asText() + " is registered and gets " + weight + " % of the calls"
                + System.lineSeparator() + "  inputs   " + ModelsShow.tensors(version.path("inputs"))
                + System.lineSeparator() + "  outputs  " + ModelsShow.tensors(version.path("outputs"))
                + (weight > 0
                        ? ""
                        : System.lineSeparator() + "  next     foretell models promote " + model + " "
                                + version.path("version").asText());
    }
}
