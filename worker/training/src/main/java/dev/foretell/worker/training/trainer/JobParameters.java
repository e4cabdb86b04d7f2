package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.CsvOptions;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a training task: all else than these is refused with a sentence. */
record JobParameters(JsonNode json) {
    private static final List<String> KNOWN =
            List.of("target", "algorithm", "parameters", "seed", "folds", "categories", "ignore", "separator");

    JobParameters {
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw wrong("There is no parameter '" + name + "' of a training task; there are "
                        + String.join(", ", KNOWN) + ".");
            }
        });
    }

    private static ServingException wrong(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    Pipeline pipeline() {
        return Pipeline.of(Algorithm.named(json.path("algorithm").asText()), numbers(), seed());
    }

    private Map<String, Number> numbers() {
        Map<String, Number> numbers = new HashMap<>();
        json.path("parameters").properties().forEach(entry -> {
            if (!entry.getValue().isNumber()) {
                throw wrong("The parameter '" + entry.getKey() + "' must be a number.");
            }
            numbers.put(entry.getKey(), entry.getValue().numberValue());
        });
        return numbers;
    }

    long seed() {
        return whole("seed", 0, Long.MAX_VALUE, 1);
    }

    int folds() {
        return (int) whole("folds", 2, 100, 5);
    }

    private long whole(String name, long least, long most, long otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw wrong("The parameter '" + name + "' must be a whole number of at least " + least + ".");
        }
        return value.asLong();
    }

    CsvOptions csv() {
        CsvOptions options = CsvOptions.of(json.path("target").asText());
        String separator = json.path("separator").asText(",");
        if (separator.length() != 1) {
            throw wrong("The parameter 'separator' must be one character.");
        }
        return options.withCategories(names("categories").toArray(String[]::new))
                .without(names("ignore").toArray(String[]::new))
                .withSeparator(separator.charAt(0));
    }

    private Set<String> names(String name) {
        Set<String> names = new LinkedHashSet<>();
        json.path(name).forEach(value -> names.add(value.asText()));
        return names;
    }
}
