package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.FileDownload;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Bytes;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foretell tasks download}: the trained model's file, served or not. */
@Command(
        name = "download",
        description = "Download the model that a task trained, an ONNX file.",
        footer = {
            "%nExamples:",
            "  foretell tasks download 0fmh2k3v1c8ta9 -o iris.onnx",
            "  foretell models push iris.onnx",
            Exit.HELP
        })
final class TasksDownload extends OneTask {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description = "The target file, in an existing folder (default: ID.onnx).")
    private @Nullable Path output;

    @Override
    public Integer call() {
        Path to = FileDownload.target(output, id() + ".onnx");
        RouterHttp router = tasks().router();
        JsonNode task = router.get(path()).orFail().json();
        JsonNode model = task.path("result").path("model");
        if (!model.isObject()) {
            throw CommandFailure.of("task " + id() + " has trained no model: it is "
                    + task.path("state").asText());
        }
        FileDownload file = new FileDownload(
                path() + "/model",
                model.path("bytes").asLong(),
                model.path("digest").asText());
        file.write(router, to);
        tasks().out()
                .println(tasks().json() ? model : to + ": " + Bytes.of(file.bytes()) + ", SHA-256 " + file.digest());
        return Exit.OK;
    }
}
