package dev.foretell.cli.router;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.daemon.Daemon;
import dev.foretell.cli.daemon.RunFile;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import dev.foretell.commons.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell router status}: the state of the router in the background. */
@Command(
        name = "status",
        description = "Show the router in the background: exit code 0 if it runs, 3 if not.",
        footer = {"%nExamples:", "  foretell router status", "  foretell router status --json | jq -r .url", Exit.HELP})
final class RouterStatus implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RouterCommand router = new RouterCommand();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        RunFile file = RunFile.in(router.options().load().state().redis().data());
        Daemon daemon = file.findRunning().orElse(null);
        if (daemon == null && json) {
            spec.commandLine().getOut().println("{\"running\":false}");
            return Exit.UNREACHABLE;
        }
        if (daemon == null) {
            throw CommandFailure.unreachable(file.absence());
        }
        View view = View.of(daemon);
        spec.commandLine().getOut().println(json ? Json.writeText(view) : view.table());
        return Exit.OK;
    }

    /** A running router, as it is shown. */
    private record View(
            @JsonUnwrapped Identity identity, @JsonUnwrapped Health health) {
        static View of(Daemon daemon) {
            RouterHttp http = new RouterHttp(daemon.url());
            return new View(new Identity(true, daemon.pid(), daemon.url()), Health.of(http));
        }

        Table table() {
            return new Table("PID", "URL", "UPTIME", "READY", "CAPACITY", "REQUESTS")
                    .row(
                            identity.pid(),
                            identity.url(),
                            health.uptime() + " s",
                            health.ready() ? "yes" : "no",
                            health.capacity() + " %",
                            health.requests());
        }
    }

    private record Identity(boolean running, long pid, String url) {}

    /**
     * @param uptime seconds
     * @param capacity percent
     */
    private record Health(long uptime, boolean ready, int capacity, long requests) {
        static Health of(RouterHttp http) {
            JsonNode health = http.get("/elb-healthcheck").json();
            return new Health(
                    health.path("uptime").asLong(),
                    http.get("/readyz").isOk(),
                    health.path("capacity").asInt(),
                    total(health.path("requests")));
        }

        private static long total(JsonNode requests) {
            long total = 0;
            for (JsonNode model : requests) {
                for (JsonNode count : model) {
                    total += count.asLong();
                }
            }
            return total;
        }
    }
}
