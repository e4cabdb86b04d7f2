package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.FileDownload;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Bytes;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models download}: a version's file, completely or not at all. */
@Command(
        name = "download",
        description = "Download the file of a version and check its digest.",
        footer = {
            "%nExamples:",
            "  foretell models download iris:2",
            "  foretell models download iris:2 -o /tmp/iris.onnx",
            Exit.HELP
        })
final class ModelsDownload implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(paramLabel = "NAME:VERSION", description = "The version.")
    private String what = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description = "The target file, in an existing folder (default: NAME-VERSION.onnx).")
    private @Nullable Path output;

    @Override
    public Integer call() {
        ModelVersionName name = ModelVersionName.of(what);
        if (name.version() == null) {
            throw CommandFailure.usage("which version? Such as " + (what.isEmpty() ? "iris" : what) + ":1");
        }
        Path to = FileDownload.target(output, name.model() + "-" + name.version() + ".onnx");
        RouterHttp router = models.router();
        JsonNode version = router.get(name.path()).orFail().json();
        new FileDownload(
                        name.path() + "/file",
                        version.path("bytes").asLong(),
                        version.path("digest").asText())
                .write(router, to);
        models.out()
                .println(
                        models.json()
                                ? version
                                : to + ": " + Bytes.of(version.path("bytes").asLong()) + ", SHA-256 "
                                        + version.path("digest").asText());
        return Exit.OK;
    }
}
