package dev.foretell.commons.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parameters of a search as its order has them, checked as far as that is possible without the table. Immutable. */
public final class SearchParameters extends TableParameters {
    private static final List<String> KNOWN = List.of(
            "target",
            "generations",
            "populationSize",
            "scoring",
            "timeLimit",
            "keep",
            "trials",
            "seed",
            "folds",
            "categories",
            "ignore",
            "separator");
    private static final List<String> FOUND = List.of("algorithm", "parameters", "scaling", "features");
    /** Shorter ones end before a process has read its table. */
    private static final double SHORTEST_SECONDS = 2;

    private static final double LONGEST_SECONDS = 366 * 86_400.0;
    /** A score is eleven characters of a checkpoint, and has to fit there with all others. */
    private static final long MOST_WORK = 50_000;

    private SearchParameters(JsonNode json) {
        super(withoutFound(requireObject(json, "target")), "a search", KNOWN);
    }

    private static JsonNode withoutFound(JsonNode json) {
        if (json.has("engine") || json.has("master")) {
            throw invalid(
                    "a search tries its candidates in memory: leave engine and master out, or order a task of the kind"
                            + " train");
        }
        for (String name : FOUND) {
            if (json.has(name)) {
                throw invalid("a search finds '" + name + "' itself: leave it out, or order a task of the kind train");
            }
        }
        return json;
    }

    /** @throws ServingException INVALID_INPUT for what no trainer accepts, with the way out */
    public static SearchParameters of(JsonNode json) {
        SearchParameters parameters = new SearchParameters(json);
        parameters.check();
        parameters.scoring();
        parameters.timeLimit();
        parameters.keep();
        parameters.trials();
        long work = (long) parameters.generations() * parameters.populationSize() * parameters.folds();
        if (work > MOST_WORK) {
            throw invalid(
                    "generations times populationSize times folds must be at most " + MOST_WORK + ", not " + work);
        }
        return parameters;
    }

    @Override
    int mostFolds() {
        return 10;
    }

    /** How many times candidates are made from the best before; 10. */
    public int generations() {
        return (int) whole("generations", 1, 1000, 10);
    }

    /** Candidates of each generation; 20. */
    public int populationSize() {
        return (int) whole("populationSize", 2, 1000, 20);
    }

    /** By which candidates are compared; empty for the usual one of the target's kind. */
    public Optional<MetricName> scoring() {
        return has("scoring") ? Optional.of(MetricName.ofName(text("scoring"))) : Optional.empty();
    }

    /** After how long the search ends with the best so far, all trainers together; in an order it is a number of seconds. */
    public Optional<Duration> timeLimit() {
        if (!has("timeLimit")) {
            return Optional.empty();
        }
        double seconds = field("timeLimit").asDouble();
        if (!field("timeLimit").isNumber() || !(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
            throw invalid("parameters.timeLimit must be a number of seconds, at least " + (int) SHORTEST_SECONDS
                    + ": shorter ones end before the first candidate is tried");
        }
        return Optional.of(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    /** How many of the best are kept as models; 1. */
    public int keep() {
        return (int) whole("keep", 1, 10, 1);
    }

    /** After how many trials the search is cut, as a search was that is run again; {@link Integer#MAX_VALUE} for no cut. */
    public int trials() {
        return (int) whole("trials", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
