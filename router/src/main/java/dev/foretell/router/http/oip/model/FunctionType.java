package dev.foretell.router.http.oip.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.tensor.Datatype;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of an argument or result, from the worker's description, as a datatype within nested lists.
 *
 * @param depth the nesting of lists; 0 for a single value, -1 if unknown
 * @param isJson whether its elements are JSON text: objects, and values of any type
 */
public record FunctionType(Datatype datatype, int depth, boolean isJson, boolean isBase64) {
    private static final FunctionType UNKNOWN = new FunctionType(Datatype.FP64, -1, false, false);

    private static final Map<String, Datatype> BY_SCHEMA = Map.of(
            "integer", Datatype.INT64,
            "number", Datatype.FP64,
            "boolean", Datatype.BOOL,
            "string", Datatype.BYTES,
            "object", Datatype.BYTES);
    /** JSON schemas do not define the number of bits. */
    private static final Map<String, Datatype> BY_JAVA = Map.of(
            "byte", Datatype.INT8,
            "Byte", Datatype.INT8,
            "short", Datatype.INT16,
            "Short", Datatype.INT16,
            "int", Datatype.INT32,
            "Integer", Datatype.INT32,
            "float", Datatype.FP32,
            "Float", Datatype.FP32);
    /** Workers in Python have no schema. */
    private static final Map<String, Datatype> BY_PYTHON = Map.of(
            "int", Datatype.INT64,
            "float", Datatype.FP64,
            "bool", Datatype.BOOL,
            "str", Datatype.BYTES,
            "dict", Datatype.BYTES);

    /** @param words the type in the notation of its programming language; null if the worker does not report it */
    static FunctionType of(JsonNode schema, @Nullable String words) {
        if ("byte[]".equals(words)) {
            return new FunctionType(Datatype.BYTES, 0, false, true);
        }
        int depth = 0;
        JsonNode element = schema;
        while (element.path("type").asText().equals("array")) {
            depth++;
            element = element.path("items");
        }
        String type = element.path("type").asText();
        if (BY_SCHEMA.containsKey(type)) {
            Datatype wide = BY_SCHEMA.getOrDefault(type, Datatype.BYTES);
            Datatype datatype = words == null ? wide : BY_JAVA.getOrDefault(innermost(words), wide);
            return new FunctionType(datatype, depth, type.equals("object"), false);
        }
        return words == null || (!schema.isMissingNode() && !schema.isNull()) ? UNKNOWN : ofPython(words);
    }

    private static FunctionType ofPython(String words) {
        String element = innermost(words);
        Datatype datatype = BY_PYTHON.get(element);
        int depth = (int) words.chars().filter(c -> c == '[').count();
        return datatype == null ? UNKNOWN : new FunctionType(datatype, depth, element.equals("dict"), false);
    }

    /** The element type of {@code List<List<Double>>}, {@code double[][]} and {@code list[float]}. */
    private static String innermost(String words) {
        String text = words.replace("[]", "").replace(">", "").replace("]", "");
        return text.substring(Math.max(text.lastIndexOf('<'), text.lastIndexOf('[')) + 1);
    }

    boolean isKnown() {
        return depth >= 0;
    }
}
