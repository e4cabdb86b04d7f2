package dev.foretell.cli.routes;

import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell routes rm}: removes a type, a model or a worker from the map. */
@Command(
        name = "rm",
        description = "Remove a type, a model or one worker from the map.",
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

    @Parameters(paramLabel = "TYPE[/MODEL[/WORKER]]", description = "The type, model or worker to remove.")
    private String what = "";

    @Override
    public Integer call() {
        routes.router().delete(path()).orFail();
        spec.commandLine().getOut().println(what + " is removed");
        return Exit.OK;
    }

    private String path() {
        String[] names = what.split("/", -1);
        boolean fits = names.length <= 3
                && Stream.of(names).limit(2).allMatch(Names::isValid)
                && (names.length < 3 || RoutesCommand.isWorker(names[2]));
        if (!fits) {
            throw CommandFailure.usage(
                    "what to remove is TYPE, TYPE/MODEL or TYPE/MODEL/WORKER, such as AI/fib/localhost-9001-0, not '"
                            + what + "'");
        }
        return "/v1/model_workers_map/" + what;
    }
}
