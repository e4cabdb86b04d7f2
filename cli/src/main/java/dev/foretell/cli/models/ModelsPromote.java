package dev.foretell.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models promote}: all calls to one version. */
@Command(
        name = "promote",
        description = "Give a version all calls of its model, once a host has it ready.",
        footer = {
            "%nExamples:",
            "  foretell models promote iris 2",
            "  foretell models promote iris 2 --expect 1      only if version 1 serves now",
            Exit.HELP
        })
final class ModelsPromote implements Callable<Integer> {
    /** The router waits half a minute for a host. */
    private static final Duration MAX_ANSWER = Duration.ofSeconds(45);

    /** What the router is sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Promotion(int version, @Nullable Integer expect) {}

    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The number of the version.")
    private String version = "";

    @Option(names = "--expect", paramLabel = "VERSION", description = "The version that must serve now.")
    private @Nullable Integer expect;

    @Override
    public Integer call() {
        int number = ModelVersionName.number(version);
        Promotion body = new Promotion(number, expect);
        String answer = models.router()
                .send("POST", ModelsCommand.path(name) + "/promote", Json.writeText(body), Map.of(), MAX_ANSWER)
                .orFail()
                .body();
        models.out().println(models.json() ? answer : name + ":" + number + " gets all calls");
        return Exit.OK;
    }
}
