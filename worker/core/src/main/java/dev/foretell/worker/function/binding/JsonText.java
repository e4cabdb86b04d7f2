package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.JsonScanner;
import java.io.IOException;

/** Checks JSON text without building objects. */
final class JsonText {
    private JsonText() {}

    /** Whether the object itself has a field of that name; nested objects do not count. */
    static boolean hasField(byte[] text, String name) throws IOException {
        try (JsonParser parser = FunctionJson.MAPPER.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(name)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        }
    }

    /**
     * Reports a JSON syntax error before any error in the values.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    static void requireWellFormed(byte[] text) {
        JsonScanner.of(JsonScanner.Parts.NONE).scan(text, 0, text.length);
    }

    /**
     * Reading well-formed text stops only at a duplicate name in an object.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    static void requireNoneTwice(JsonProcessingException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonParseException twice) {
                throw Json.malformation(twice);
            }
        }
    }
}
