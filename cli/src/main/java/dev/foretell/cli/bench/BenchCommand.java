package dev.foretell.cli.bench;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.options.Input;
import dev.foretell.cli.options.RouterUrl;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foretell bench}: how fast a model answers under a bounded load. */
@Command(
        name = "bench",
        description = {
            "Call a model again and again, and plot its latencies.%n",
            "With --rate, calls begin on time even if earlier ones have not ended, and a",
            "call that waits for a connection counts from when it was due (no coordinated",
            "omission). Without it, each connection calls again once it has its response.%n"
        },
        footer = {
            "%nExamples:",
            "  foretell bench fib --data '{\"n\": 10}'",
            "  foretell bench iris                            zeros, by its signature",
            "  foretell bench fib --data '{\"n\": 10}' --rate 200 --seconds 30",
            "  foretell bench iris --connections 32 --json",
            Exit.HELP
        })
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Option(
            names = "--data",
            paramLabel = "JSON",
            description = "The arguments: JSON, @FILE, or - for stdin; else zeros, sent to /v2.")
    private @Nullable String data;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "AI",
            description = "The model's type, with --data (default: AI).")
    private String type = "AI";

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "8",
            description = "Calls in flight at most, 1 to 256 (default: 8).")
    private int connections;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long, 1 to 600 (default: 10).")
    private int seconds;

    @Option(names = "--rate", paramLabel = "N", description = "Calls a second, up to 50000.")
    private @Nullable Double rate;

    @Option(
            names = "--max-errors",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Stop when more than this share of the calls fails (default: 0.05).")
    private double maxErrors;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        LoadPlan plan = new LoadPlan(connections, Duration.ofSeconds(seconds), rate(), maxErrors);
        BenchCall call = data == null
                ? BenchCall.ofSignature(router.open(), model)
                : BenchCall.of(router.open(), type, model, Input.inPlace(data));
        check(call.get());
        BenchResult result = new Load(plan, call).run();
        print(result);
        return result.outcome().stopped() ? Exit.FAILED : Exit.OK;
    }

    private OptionalDouble rate() {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /** One call before the load: a mistake in the arguments is no measurement. */
    private static void check(Reply first) {
        if (!first.isOk()) {
            throw CommandFailure.of(first.problem());
        }
    }

    private void print(BenchResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.writeText(result.report()));
            return;
        }
        BenchResult.Counts counts = result.counts();
        out.printf(
                Locale.ROOT,
                "%d calls in %.1f s, %.1f a second, %d failed%s%n",
                counts.calls(),
                result.seconds(),
                result.callsPerSecond(),
                counts.failed(),
                byStatus(result.byStatus()));
        if (counts.unsent() > 0) {
            out.printf(Locale.ROOT, "%d calls were due and had no free connection%n", counts.unsent());
        }
        out.println(result.latencyMs().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  ", "ms: ", "")));
        out.println();
        out.print(LatencyPlot.text(result.latencies()));
        if (result.outcome().stopped()) {
            throw CommandFailure.of("stopped, as too many calls failed; the first: "
                    + result.outcome().firstFailure());
        }
    }

    private static String byStatus(Map<String, Long> failures) {
        return failures.isEmpty() ? "" : " " + failures;
    }
}
