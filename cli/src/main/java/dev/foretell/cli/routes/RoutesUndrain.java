package dev.foretell.cli.routes;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Exit;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell routes undrain}: allows new calls to a worker again. */
@Command(
        name = "undrain",
        description = "Allow new calls to a worker again after routes drain.",
        footer = {"%nExamples:", "  foretell routes undrain localhost-9001-0", Exit.HELP})
final class RoutesUndrain implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RoutesCommand routes = new RoutesCommand();

    @Parameters(paramLabel = "WORKER", description = "Its id, as foretell routes shows it.")
    private String worker = "";

    @Option(names = "--json", description = "Print the router's response unchanged.")
    private boolean json;

    @Override
    public Integer call() {
        Reply reply = routes.router().delete(RoutesCommand.drain(worker)).orFail();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? reply.body() : RoutesCommand.worker(reply.json()));
        return Exit.OK;
    }
}
