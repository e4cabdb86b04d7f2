package dev.foretell.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models split}: distributes calls by shares. */
@Command(
        name = "split",
        description = "Give each version a share of the calls of its model, in percent; they add up to 100.",
        footer = {
            "%nExamples:",
            "  foretell models split iris 1=95 2=5",
            "  foretell models split iris 1=95 2=5 --canary 2   taken back if it does worse",
            "  foretell models split iris 1=100 --shadow 2=10   a tenth is compared with 2",
            "  foretell models split iris 2=100 --expect 1=95 --expect 2=5",
            Exit.HELP
        })
final class ModelsSplit implements Callable<Integer> {
    private static final Duration MAX_ANSWER = Duration.ofSeconds(45);

    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "VERSION=PERCENT", description = "Shares of the calls.")
    private Map<Integer, Integer> weights = new LinkedHashMap<>();

    @Option(names = "--canary", paramLabel = "VERSION", description = "The version to watch.")
    private @Nullable Integer canary;

    @Option(
            names = "--at-least",
            paramLabel = "CALLS",
            description = "Calls before the canary is judged (default: 200).")
    private @Nullable Integer atLeast;

    @Option(
            names = "--error-ratio",
            paramLabel = "RATIO",
            description = "How much higher its error rate may be (default: 0.05).")
    private @Nullable Double errorRatio;

    @Option(
            names = "--p95-ratio",
            paramLabel = "RATIO",
            description = "How many times slower it may be (default: 2.0).")
    private @Nullable Double p95Ratio;

    @Option(names = "--shadow", paramLabel = "VERSION=PERCENT", description = "The version to send copies of calls to.")
    private Map<Integer, Integer> shadow = new LinkedHashMap<>();

    @Option(names = "--expect", paramLabel = "VERSION=PERCENT", description = "A share that must be in effect now.")
    private Map<Integer, Integer> expect = new LinkedHashMap<>();

    @Override
    public Integer call() {
        String answer = models.router()
                .send("PUT", ModelsCommand.path(name) + "/traffic", Json.writeText(plan()), Map.of(), MAX_ANSWER)
                .orFail()
                .body();
        models.out()
                .println(
                        models.json()
                                ? answer
                                : name + ": " + ModelsList.pairs(Json.MAPPER.valueToTree(weights), " %"));
        return Exit.OK;
    }

    private Plan plan() {
        if (canary == null && (atLeast != null || errorRatio != null || p95Ratio != null)) {
            throw CommandFailure.usage("--at-least, --error-ratio and --p95-ratio need a --canary");
        }
        if (shadow.size() > 1) {
            throw CommandFailure.usage("there can be one --shadow");
        }
        return new Plan(
                weights,
                canary == null ? null : guard(canary),
                shadow.entrySet().stream().map(Shadow::of).findFirst().orElse(null),
                expect);
    }

    private Canary guard(int version) {
        return new Canary(
                version,
                atLeast == null ? 200 : atLeast,
                errorRatio == null ? 0.05 : errorRatio,
                p95Ratio == null ? 2.0 : p95Ratio);
    }

    /** What the router is sent, without what was not asked for. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Plan(
            @JsonInclude Map<Integer, Integer> weights,
            @Nullable Canary canary,
            @Nullable Shadow shadow,
            Map<Integer, Integer> expect) {}

    private record Canary(int version, int atLeastCalls, double errorRatio, double p95Ratio) {}

    private record Shadow(int version, int percent) {
        static Shadow of(Map.Entry<Integer, Integer> share) {
            return new Shadow(share.getKey(), share.getValue());
        }
    }
}
