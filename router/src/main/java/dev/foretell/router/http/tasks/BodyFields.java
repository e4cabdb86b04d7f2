package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import java.util.List;

/**
 * Reads the fields of a caller's JSON object with their types and bounds; anything wrong is {@link FailureKind#INVALID_INPUT}.
 */
record BodyFields(String what, JsonNode object) {
    /** @param known the valid names */
    BodyFields only(String... known) {
        if (!object.isObject()) {
            throw wrong(what + " must be an object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw wrong(what + " has no field '" + NearestNames.abbreviate(name) + "', only "
                        + String.join(", ", known));
            }
        });
        return this;
    }

    static ServingException wrong(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A nested object; an empty one if it is left out. */
    BodyFields in(String name, String... known) {
        JsonNode inner = has(name) ? object.path(name) : Json.MAPPER.createObjectNode();
        return new BodyFields(name, inner).only(known);
    }

    /** A text of at most this many characters; empty if it is left out. */
    String text(String name, int most) {
        if (!has(name)) {
            return "";
        }
        JsonNode value = object.path(name);
        if (!value.isTextual() || value.asText().length() > most) {
            throw wrong(label(name) + " must be a text of at most " + most + " characters");
        }
        return value.asText();
    }

    String require(String name, int most) {
        String text = text(name, most);
        if (text.isBlank()) {
            throw wrong(label(name) + " is missing");
        }
        return text;
    }

    /** A whole number, or the default if it is left out. */
    long number(String name, long least, long most, long otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
            throw wrong(label(name) + " must be a whole number from " + least + " to " + most);
        }
        return value.asLong();
    }

    private String label(String name) {
        return what.equals("the body") ? name : what + "." + name;
    }
}
