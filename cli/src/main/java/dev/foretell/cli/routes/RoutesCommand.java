package dev.foretell.cli.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouteRow;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.client.RoutingView;
import dev.foretell.cli.options.RouterUrl;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Hosting;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foretell routes}: the workers of each model and their states. */
@Command(
        name = "routes",
        description = "Show the workers of each model and their states; put, rm, drain and undrain change them.",
        subcommands = {RoutesPut.class, RoutesRemove.class, RoutesDrain.class, RoutesUndrain.class},
        footer = {
            "%nExamples:",
            "  foretell routes",
            "  foretell routes --json | jq '.[] | select(.state != \"READY\")'",
            "  foretell routes put workers.json",
            "  foretell routes rm AI/fib/localhost-9001-0",
            "  foretell routes drain localhost-9001-0 --wait 30",
            Exit.HELP
        })
public final class RoutesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Option(
            names = "--json",
            description = "Print a JSON array, one object per model and worker, and per function of a host.")
    private boolean json;

    RouterHttp router() {
        return router.open();
    }

    @Override
    public Integer call() {
        RouterHttp http = router.open();
        List<RouteRow> rows = RoutingView.of(http);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.writeText(rows) : rows.isEmpty() ? nothing(http) : table(withoutOwnFunctions(rows)));
        return Exit.OK;
    }

    /** {@code /v1/workers/localhost-9001-0/drain}. */
    static String drain(String worker) {
        if (!isWorker(worker)) {
            throw CommandFailure.usage(
                    "a worker is named like localhost-9001-0, as foretell routes shows it, not '" + worker + "'");
        }
        return "/v1/workers/" + worker + "/drain";
    }

    /** Whether it has the form of a worker's id. */
    static boolean isWorker(String text) {
        return text.matches("[A-Za-z0-9._:-]+-[0-9]{1,5}-[0-9]{1,10}");
    }

    /** The result for one worker. */
    static Table worker(JsonNode worker) {
        Table table = new Table("WORKER", "STATE", "IN FLIGHT", "MODELS");
        List<String> models = new ArrayList<>();
        worker.path("models").forEach(model -> models.add(model.asText()));
        table.row(
                worker.path("global_worker_id").asText(),
                worker.path("state").asText(),
                worker.path("in_flight").asLong(),
                String.join(", ", models));
        return table;
    }

    private static String nothing(RouterHttp http) {
        return "No worker is registered at " + http.url() + ". Register one with: foretell worker FUNCTION --router "
                + http.url();
    }

    private static Table table(List<RouteRow> rows) {
        Table table =
                new Table("TYPE", "MODEL", "WORKER", "STATE", "IN FLIGHT", "REQUESTS", "LAST PASS", "LEASE", "WHY");
        rows.forEach(row -> table.row(
                row.name().type(),
                row.name().model(),
                row.name().worker(),
                row.calls().state(),
                row.calls().inFlight(),
                row.calls().requests(),
                row.times().lastPass().isEmpty() ? "never" : seconds(row.times().lastPass()),
                timeLeft(row.lease()),
                Objects.requireNonNullElse(row.trouble().why(), "")));
        return table;
    }

    /** An instant in ISO 8601, to the second. */
    private static String seconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static List<RouteRow> withoutOwnFunctions(List<RouteRow> rows) {
        return rows.stream()
                .filter(row ->
                        !Hosting.isOwnFunction(row.name().type(), row.name().model()))
                .toList();
    }

    /** The time left of the lease, and its length. */
    private static String timeLeft(RouteRow.Lease lease) {
        return lease.leaseMs() == null || lease.leaseLeftMs() == null
                ? ""
                : seconds(lease.leaseLeftMs()) + " of " + seconds(lease.leaseMs()) + " s";
    }

    /** Rounds up: a lease with time left has not expired. */
    private static long seconds(long millis) {
        return (millis + 999) / 1000;
    }
}
