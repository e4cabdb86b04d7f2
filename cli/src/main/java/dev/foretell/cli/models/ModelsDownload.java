package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.FileDigest;
import dev.foretell.cli.client.FileUpload;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Bytes;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            description = "The target file, in an existing folder; NAME-VERSION.onnx.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        ModelVersionName name = ModelVersionName.of(what);
        if (name.version() == null) {
            throw CommandFailure.usage("which version? Such as " + (what.isEmpty() ? "iris" : what) + ":1");
        }
        if (output != null && output.getParent() != null && !Files.isDirectory(output.getParent())) {
            throw CommandFailure.usage("there is no folder " + output.getParent() + "; create it first");
        }
        RouterHttp router = models.router();
        JsonNode version = router.get(name.path()).orFail().json();
        Path to = target(Path.of(name.model() + "-" + name.version() + ".onnx"));
        fetch(router, name.path() + "/file", version, to);
        models.out()
                .println(
                        models.json()
                                ? version
                                : to + ": " + Bytes.of(version.path("bytes").asLong()) + ", SHA-256 "
                                        + version.path("digest").asText());
        return Exit.OK;
    }

    private Path target(Path ownName) {
        if (output == null) {
            return ownName;
        }
        return Files.isDirectory(output) ? output.resolve(ownName) : output;
    }

    private static void fetch(RouterHttp router, String path, JsonNode version, Path to) {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            router.download(
                            path,
                            part,
                            FileUpload.patience(version.path("bytes").asLong()))
                    .orFail();
            if (!FileDigest.of(part).equals(version.path("digest").asText())) {
                throw CommandFailure.of("the downloaded file is damaged: its digest differs");
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.of("cannot write " + to);
        } finally {
            part.toFile().delete();
        }
    }
}
