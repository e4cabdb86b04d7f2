package dev.foretell.commons.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a training task as its order has them, checked as far as that is possible without the table. Immutable.
 */
public final class TrainingParameters {
    private static final List<String> KNOWN =
            List.of("target", "algorithm", "parameters", "seed", "folds", "categories", "ignore", "separator");
    private static final int MAX_TEXT = 200;

    private final JsonNode json;
    private final AlgorithmSpec algorithm;
    private final Map<String, Double> numbers;

    private TrainingParameters(JsonNode json) {
        this.json = json;
        requireKnown(json);
        this.algorithm = AlgorithmSpec.named(text("algorithm"));
        this.numbers = algorithm.complete(given());
    }

    /** @throws ServingException INVALID_INPUT for what no trainer accepts, with the way out */
    public static TrainingParameters of(JsonNode json) {
        if (!json.isObject()) {
            throw invalid("parameters must be an object with target and algorithm");
        }
        TrainingParameters parameters = new TrainingParameters(json);
        parameters.target();
        parameters.seed();
        parameters.folds();
        parameters.separator();
        if (parameters.ignored().contains(parameters.target())) {
            throw invalid("the target is among the columns to ignore");
        }
        parameters.categories();
        return parameters;
    }

    private static ServingException invalid(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    private static void requireKnown(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw invalid("a training task has no parameter '" + NearestNames.abbreviate(name) + "', only "
                        + String.join(", ", KNOWN) + NearestNames.of(name, KNOWN));
            }
        });
    }

    private String text(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isBlank()) {
            throw invalid("parameters." + name + " is missing");
        }
        if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
            throw invalid("parameters." + name + " must be a text of at most " + MAX_TEXT + " characters");
        }
        return value.asText();
    }

    private Map<String, Number> given() {
        JsonNode given = json.path("parameters");
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw invalid(
                    "parameters.parameters must be an object: numbers by the names of the algorithm's parameters");
        }
        Map<String, Number> numbers = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (!entry.getValue().isNumber()) {
                throw invalid("the parameter '" + NearestNames.abbreviate(entry.getKey()) + "' must be a number");
            }
            numbers.put(entry.getKey(), entry.getValue().numberValue());
        });
        return numbers;
    }

    /** The column to be predicted. */
    public String target() {
        return text("target");
    }

    public AlgorithmSpec algorithm() {
        return algorithm;
    }

    /** Every parameter of the algorithm with its value. */
    public Map<String, Double> numbers() {
        return numbers;
    }

    /** What chance begins with; 1. */
    public long seed() {
        return whole("seed", 0, Long.MAX_VALUE, 1);
    }

    /** Over how many folds the pipeline is validated; 5. */
    public int folds() {
        return (int) whole("folds", 2, 100, 5);
    }

    private long whole(String name, long least, long most, long byDefault) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
            throw invalid("parameters." + name + " must be a whole number from " + least
                    + (most == Long.MAX_VALUE ? " up" : " to " + most));
        }
        return value.asLong();
    }

    /** Between the values of a row; a comma. */
    public char separator() {
        JsonNode value = json.path("separator");
        if (value.isMissingNode() || value.isNull()) {
            return ',';
        }
        if (!value.isTextual() || value.asText().length() != 1) {
            throw invalid("parameters.separator must be one character");
        }
        return value.asText().charAt(0);
    }

    /** Columns whose numbers are names. */
    public Set<String> categories() {
        return columns("categories");
    }

    /** Columns that nothing is learned from. */
    public Set<String> ignored() {
        return columns("ignore");
    }

    private Set<String> columns(String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
            throw invalid("parameters." + name + " must be an array of names of columns");
        }
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode column : value) {
            if (!column.isTextual()) {
                throw invalid("parameters." + name + " must be an array of names of columns");
            }
            columns.add(column.asText());
        }
        return columns;
    }
}
