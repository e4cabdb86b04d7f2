package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.json.Utf8;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the small values of a request. */
final class Fields {
    private static final int MAX_PARAMETERS = 256;

    private Fields() {}

    static String text(String what, JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw Misfit.of(what + " must be text");
        }
        if (!Utf8.isWhole(in.getText())) {
            throw Misfit.of(what + " has half of a surrogate pair, which is not a character");
        }
        return in.getText();
    }

    static void requireArray(String what, JsonParser in) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw Misfit.of(what + " must be an array");
        }
    }

    static void requireObject(String what, JsonParser in) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw Misfit.of(what + " must be an object");
        }
    }

    /** Texts, numbers and booleans by name; omits null values. */
    static Map<String, Object> parameters(String what, JsonParser in) throws IOException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return parameters;
        }
        requireObject(what, in);
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Object value = value(what, name, in);
            if (value != null) {
                parameters.put(name, value);
            }
            if (parameters.size() > MAX_PARAMETERS) {
                throw Misfit.of(what + " are more than " + MAX_PARAMETERS);
            }
        }
        return parameters;
    }

    private static @Nullable Object value(String what, String name, JsonParser in) throws IOException {
        return switch (in.nextToken()) {
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? in.getBigIntegerValue()
                        : (Object) in.getLongValue();
            default ->
                throw Misfit.of(what + ": " + Misfit.abbreviate(name) + " must be text, a number, true or false");
        };
    }

    /** A boolean parameter; false if it is absent. */
    static boolean truth(String what, @Nullable Object value) {
        if (value != null && !(value instanceof Boolean)) {
            throw Misfit.of(what + " must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }
}
