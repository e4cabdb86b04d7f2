package dev.foretell.cli.routes;

import dev.foretell.cli.options.Input;
import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell routes put}: registers the workers of a file. */
@Command(
        name = "put",
        description = "Register workers: merge a map into the current one.",
        footer = {
            "%nExamples:",
            "  foretell routes put workers.json",
            "  echo '{\"AI\":{\"fib\":[{\"host\":\"localhost\",\"port\":9001}]}}' |",
            "      foretell routes put -",
            "  foretell routes put --replace workers.json     the map becomes this one",
            Exit.HELP
        })
final class RoutesPut implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RoutesCommand routes = new RoutesCommand();

    @Parameters(paramLabel = "FILE", description = "JSON: type to model to workers; - for stdin.")
    private String file = "";

    @Option(names = "--replace", description = "Remove everything that is not in the file.")
    private boolean replace;

    @Override
    public Integer call() {
        String path = "/v1/model_workers_map" + (replace ? "?mode=replace" : "");
        spec.commandLine()
                .getOut()
                .println(routes.router().put(path, Input.file(file)).orFail().body());
        return Exit.OK;
    }
}
