package dev.foretell.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.options.Input;
import dev.foretell.cli.options.RouterUrl;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foretell predict}: one call of a model. */
@Command(
        name = "predict",
        description = "Call a model. The worker's response goes to stdout unchanged, a problem to stderr.",
        footer = {
            "%nExamples:",
            "  foretell predict fib '{\"n\": 10}'",
            "  foretell predict iris @flower.json",
            "  echo '{\"n\": 10}' | foretell predict fib -",
            "  foretell predict --json fib '{\"m\": 10}'   the problem on stdout, for scripts",
            Exit.HELP
        })
final class PredictCommand implements Callable<Integer> {
    /** The router responds within the deadline; later than this, it is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The body for the router. */
    private record Call(String modelId, JsonNode data) {}

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "JSON", description = "Its arguments: JSON, @FILE, or - for stdin.")
    private String arguments = "";

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "AI", description = "The model's type (default: AI).")
    private String type = "AI";

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "10000",
            description = "The maximum time for the response (default: 10000).")
    private long timeoutMs;

    @Option(
            names = "--sticky",
            paramLabel = "KEY",
            description = "Calls with the same key go to the same worker (policy consistent_hash).")
    private @Nullable String sticky;

    @Option(names = "--json", description = "Print problems to stdout too, as the router's JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reply reply =
                router.open().send("POST", path(), body(), headers(), deadline().plus(PATIENCE));
        if (reply.isOk() || json) {
            spec.commandLine().getOut().println(reply.body());
            return reply.isOk() ? Exit.OK : Exit.FAILED;
        }
        throw CommandFailure.of(reply.problem());
    }

    private String path() {
        if (!Names.isValid(type)) {
            throw CommandFailure.usage("'" + type + "' cannot be a model type: a name is " + Names.RULE);
        }
        return "/v1/" + type + "_model/predict";
    }

    private String body() {
        String given = Input.inPlace(arguments);
        if (given.isBlank()) {
            throw CommandFailure.usage("the arguments are empty: give JSON, such as {} for none");
        }
        try {
            return Json.writeText(new Call(model, Json.readTree(given.getBytes(StandardCharsets.UTF_8))));
        } catch (ServingException e) {
            throw CommandFailure.usage("the arguments are not JSON: " + e.detail());
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.TIMEOUT_MS, String.valueOf(deadline().toMillis()));
        if (sticky != null) {
            headers.put(Headers.STICKY_KEY, sticky);
        }
        return headers;
    }

    private Duration deadline() {
        if (timeoutMs < 1 || timeoutMs > 300_000) {
            throw CommandFailure.usage("--timeout-ms must be from 1 to 300000");
        }
        return Duration.ofMillis(timeoutMs);
    }
}
