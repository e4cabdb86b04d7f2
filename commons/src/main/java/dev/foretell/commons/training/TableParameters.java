package dev.foretell.commons.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What orders of every kind say of their table, checked as far as that is possible without it. Immutable. */
public abstract sealed class TableParameters permits TrainingParameters, SearchParameters {
    private static final int MAX_TEXT = 200;

    private final JsonNode json;

    /** @param what kind of task they are for, in words */
    TableParameters(JsonNode json, String what, List<String> known) {
        this.json = json;
        requireKnown(what, known);
    }

    /** @param needed the names of fields, as a sentence has them */
    static JsonNode requireObject(JsonNode json, String needed) {
        if (!json.isObject()) {
            throw invalid("parameters must be an object with " + needed);
        }
        return json;
    }

    /** Reads all that there is, so that what is wrong is found at once. */
    final void check() {
        target();
        seed();
        folds();
        separator();
        categories();
        if (ignored().contains(target())) {
            throw invalid("the target is among the columns to ignore");
        }
    }

    static ServingException invalid(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    private void requireKnown(String what, List<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(what + " has no parameter '" + NearestNames.abbreviate(name) + "', only "
                        + String.join(", ", known) + NearestNames.of(name, known));
            }
        });
    }

    final JsonNode field(String name) {
        return json.path(name);
    }

    final boolean has(String name) {
        return json.hasNonNull(name);
    }

    final String text(String name) {
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

    /** The column to be predicted. */
    public final String target() {
        return text("target");
    }

    /** What chance begins with; 1. */
    public final long seed() {
        return whole("seed", 0, Long.MAX_VALUE, 1);
    }

    /** The most folds of a task of this kind. */
    abstract int mostFolds();

    /** Over how many folds the pipeline is validated; 5. */
    public final int folds() {
        return (int) whole("folds", 2, mostFolds(), 5);
    }

    final long whole(String name, long least, long most, long byDefault) {
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
    public final char separator() {
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
    public final Set<String> categories() {
        return columns("categories");
    }

    /** Columns that nothing is learned from. */
    public final Set<String> ignored() {
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
