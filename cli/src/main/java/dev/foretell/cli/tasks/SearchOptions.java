package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a search may be told; the router has the defaults. */
final class SearchOptions {
    @Option(names = "--automl", description = "Search for the best pipeline, in place of --algorithm.")
    private boolean automl;

    @Option(names = "--generations", paramLabel = "N", description = "Generations of a search (default: 10).")
    private @Nullable Integer generations;

    @Option(names = "--population-size", paramLabel = "N", description = "Candidates of each generation (default: 20).")
    private @Nullable Integer populationSize;

    @Option(
            names = "--scoring",
            paramLabel = "NAME",
            description = "What candidates are compared by (default: accuracy, or neg_mean_squared_error for numbers).")
    private @Nullable String scoring;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "When the search ends, with the best so far; 2 or more.")
    private @Nullable Double timeLimit;

    @Option(names = "--keep", paramLabel = "N", description = "How many of the best are kept as models (default: 1).")
    private @Nullable Integer keep;

    boolean isSearch() {
        return automl;
    }

    /** Checks what belongs together. */
    void check(String algorithm) {
        if (automl == !algorithm.isEmpty()) {
            throw CommandFailure.usage("name an --algorithm, or search with --automl");
        }
        if (!automl
                && Stream.of(generations, populationSize, scoring, timeLimit, keep)
                        .anyMatch(told -> told != null)) {
            throw CommandFailure.usage(
                    "--generations, --population-size, --scoring, --time-limit and --keep are for --automl");
        }
    }

    void addTo(ObjectNode parameters) {
        if (generations != null) {
            parameters.put("generations", generations);
        }
        if (populationSize != null) {
            parameters.put("populationSize", populationSize);
        }
        if (scoring != null) {
            parameters.put("scoring", scoring);
        }
        if (timeLimit != null && timeLimit == Math.rint(timeLimit)) {
            parameters.put("timeLimit", timeLimit.longValue()); // 20 and not 20.0, which comes back as 2E+1
        } else if (timeLimit != null) {
            parameters.put("timeLimit", timeLimit);
        }
        if (keep != null) {
            parameters.put("keep", keep);
        }
    }
}
