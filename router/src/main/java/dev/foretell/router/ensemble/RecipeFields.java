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

    static void requireKnown(String what, JsonNode given, Set<String> known) {
        given.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid(what + " has an unknown field '" + NearestNames.abbreviate(field) + "'; there are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    static boolean isAbsent(JsonNode given, String field) {
        return given.path(field).isMissingNode() || given.path(field).isNull();
    }

    static String text(JsonNode given, String field, String byDefault) {
        if (isAbsent(given, field)) {
            return byDefault;
        }
        if (!given.path(field).isTextual()) {
            throw invalid(field + " must be text");
        }
        return given.path(field).textValue();
    }

    static String requireText(JsonNode given, String field, List<String> words) {
        if (isAbsent(given, field)) {
            throw invalid(field + " is missing: one of " + String.join(", ", words));
        }
        return text(given, field, "");
    }

    static int number(JsonNode given, String field, int byDefault, int least, int most) {
        if (isAbsent(given, field)) {
            return byDefault;
        }
        JsonNode number = given.path(field);
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
