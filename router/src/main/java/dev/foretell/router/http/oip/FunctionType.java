package dev.foretell.router.http.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.tensor.Datatype;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of the type of one argument or result, as a datatype within so many lists.
 *
 * @param depth 0 for a single value, -1 where nothing is known
 * @param isJson whether its elements are JSON in text: objects, and what may be anything
 */
record FunctionType(Datatype datatype, int depth, boolean isJson, boolean isBase64) {
    private static final FunctionType UNKNOWN = new FunctionType(Datatype.FP64, -1, false, false);

    private static final Map<String, Datatype> BY_SCHEMA = Map.of(
            "integer", Datatype.INT64,
            "number", Datatype.FP64,
            "boolean", Datatype.BOOL,
            "string", Datatype.BYTES,
            "object", Datatype.BYTES);
    /** Where schemas do not tell how many bits there are. */
    private static final Map<String, Datatype> BY_JAVA = Map.of(
            "byte", Datatype.INT8,
            "Byte", Datatype.INT8,
            "short", Datatype.INT16,
            "Short", Datatype.INT16,
            "int", Datatype.INT32,
            "Integer", Datatype.INT32,
            "float", Datatype.FP32,
            "Float", Datatype.FP32);
    /** Of workers in Python, which give no schema. */
    private static final Map<String, Datatype> BY_PYTHON = Map.of(
            "int", Datatype.INT64,
            "float", Datatype.FP64,
            "bool", Datatype.BOOL,
            "str", Datatype.BYTES,
            "dict", Datatype.BYTES);

    /** @param words the type as its programmer would write it; null where the worker does not say */
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

    /** {@code List<List<Double>>}, {@code double[][]} and {@code list[float]} to what is in them. */
    private static String innermost(String words) {
        String text = words.replace("[]", "").replace(">", "").replace("]", "");
        return text.substring(Math.max(text.lastIndexOf('<'), text.lastIndexOf('[')) + 1);
    }

    boolean isKnown() {
        return depth >= 0;
    }
}
