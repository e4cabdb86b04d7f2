package dev.foretell.cli.routes;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell routes drain}: stops new calls to a worker. */
@Command(
        name = "drain",
        description = "Stop new calls to a worker at all routers; calls in flight finish.",
        footer = {
            "%nExamples:",
            "  foretell routes drain localhost-9001-0",
            "  foretell routes drain localhost-9001-0 --wait 30 --json | jq .in_flight",
            Exit.HELP
        })
final class RoutesDrain implements Callable<Integer> {
    private static final Duration MAX_ANSWER = Duration.ofSeconds(75);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RoutesCommand routes = new RoutesCommand();

    @Parameters(paramLabel = "WORKER", description = "Its id, as foretell routes shows it.")
    private String worker = "";

    @Option(
            names = "--wait",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "The maximum wait for calls in flight, in seconds; at most 60.")
    private int wait;

    @Option(names = "--json", description = "Print the router's response unchanged.")
    private boolean json;

    @Override
    public Integer call() {
        if (wait < 0 || wait > 60) {
            throw CommandFailure.usage("--wait must be from 0 to 60");
        }
        Reply reply = routes.router()
                .send("POST", RoutesCommand.drain(worker) + "?wait=" + wait + "s", null, Map.of(), MAX_ANSWER)
                .orFail();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? reply.body() : RoutesCommand.worker(reply.json()));
        return Exit.OK;
    }
}
