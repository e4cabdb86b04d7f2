package dev.foretell.cli;

import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell routes rm}: takes a type, a model or a worker out of the map. */
@Command(
        name = "rm",
        description = "Take a type, a model or one worker out of the map.",
        footer = {
            "%nExamples:",
            "  foretell routes rm AI/fib/localhost-9001-0",
            "  foretell routes rm AI/fib",
            "  foretell routes rm AI",
            Exit.HELP
        })
final class RoutesRemove implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RoutesCommand routes = new RoutesCommand();

    @Parameters(paramLabel = "TYPE[/MODEL[/WORKER]]", description = "What to remove.")
    private String what = "";

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println(routes.router()
                        .delete("/v1/model_workers_map/" + what)
                        .orFail()
                        .body());
        return Exit.OK;
    }
}
