package dev.foretell.commons.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.List;

/**
 * The parameters of a task that runs training code of a user's own: the name of a class, or a source file, and what the code gets as
 * its parameters.
 *
 * @param className a class on the trainer's class path; empty for a source file
 * @param source a Java source file; empty for a class
 */
public record CodeParameters(String className, String source) {
    private static final List<String> KNOWN = List.of("class", "source", "parameters");
    private static final int MAX_NAME = 500;
    private static final int MAX_SOURCE = 48 * 1024;
    private static final String NAME = "[A-Za-z_$][\\w$]*([.][A-Za-z_$][\\w$]*)*";

    /** @throws ServingException INVALID_INPUT for what no trainer accepts, with the way out */
    public static CodeParameters of(JsonNode json) {
        if (!json.isObject()) {
            throw invalid("parameters must be an object with class or source");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw invalid("a task of training code has no parameter '" + NearestNames.abbreviate(name) + "', only "
                        + String.join(", ", KNOWN) + NearestNames.of(name, KNOWN));
            }
        });
        if (json.hasNonNull("parameters") && !json.path("parameters").isObject()) {
            throw invalid("parameters.parameters must be an object");
        }
        return new CodeParameters(text(json, "class", MAX_NAME), text(json, "source", MAX_SOURCE));
    }

    public CodeParameters {
        if (className.isEmpty() == source.isEmpty()) {
            throw invalid(
                    "parameters must have either class, the name of a class on the trainer's class path, or source");
        }
        if (!className.isEmpty() && !className.matches(NAME)) {
            throw invalid("parameters.class must be the full name of a Java class");
        }
    }

    private static String text(JsonNode json, String name, int most) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > most) {
            throw invalid("parameters." + name + " must be a text of at most " + most + " characters");
        }
        return value.asText();
    }

    private static ServingException invalid(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    public boolean isSource() {
        return !source.isEmpty();
    }
}
