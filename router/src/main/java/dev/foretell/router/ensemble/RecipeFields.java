package dev.foretell.router.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.List;
import java.util.Set;

/** Reads the fields of a recipe, with their types and bounds. A null counts as left out. */
final class RecipeFields {
    private RecipeFields() {}

    static void requireKnown(String what, JsonNode said, Set<String> known) {
        said.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid(what + " has an unknown field '" + NearestNames.abbreviate(field) + "'; there are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    static boolean isAbsent(JsonNode said, String field) {
        return said.path(field).isMissingNode() || said.path(field).isNull();
    }

    static String text(JsonNode said, String field, String byDefault) {
        if (isAbsent(said, field)) {
            return byDefault;
        }
        if (!said.path(field).isTextual()) {
            throw invalid(field + " must be text");
        }
        return said.path(field).textValue();
    }

    static String requireText(JsonNode said, String field, List<String> words) {
        if (isAbsent(said, field)) {
            throw invalid(field + " is missing: one of " + String.join(", ", words));
        }
        return text(said, field, "");
    }

    static int number(JsonNode said, String field, int byDefault, int least, int most) {
        if (isAbsent(said, field)) {
            return byDefault;
        }
        JsonNode number = said.path(field);
        if (!number.isInt() || number.intValue() < least || number.intValue() > most) {
            throw invalid(field + " must be a whole number "
                    + (most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most));
        }
        return number.intValue();
    }

    static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
