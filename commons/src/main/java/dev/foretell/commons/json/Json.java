package dev.foretell.commons.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The only JSON mapper, with bounds on its input. Thread-safe. */
public final class Json {
    /** The maximum nesting of arrays and objects. */
    public static final int MAX_DEPTH = OpenValues.MAX_DEPTH;

    /**
     * Does not intern names: callers choose them, and they would slowly fill the JVM's string table. Deliberate hash
     * collisions cost a little time and are not an error.
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    public static final JsonMapper MAPPER = JsonMapper.builder(FACTORY.copy())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Writes like Python's json.dumps, {@code {"a": 1, "b": 2}}, the format that our users know. */
    private static final ObjectWriter SPACED = MAPPER.writer(new MinimalPrettyPrinter() {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }
    });

    private Json() {}

    /**
     * Parses a whole body into a tree.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} with the line and column of the error, also if the body is
     *     not UTF-8
     */
    public static JsonNode readTree(byte[] body) {
        JsonScanner.of(JsonScanner.Parts.NONE).scan(body, 0, body.length);
        return tree(body);
    }

    /**
     * Parses JSON that will be stored. Refuses strings that cannot be written as UTF-8, because they could not be read
     * back.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    public static JsonNode readStorable(byte[] body) {
        JsonScanner.ofStorable().scan(body, 0, body.length);
        return tree(body);
    }

    /**
     * A parser of a whole body, for a caller that reads it in its own way.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not JSON, or not UTF-8
     */
    public static JsonParser parser(byte[] body) {
        JsonScanner.of(JsonScanner.Parts.NONE).scan(body, 0, body.length);
        try {
            return MAPPER.createParser(body);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw new ServingException(FailureKind.MALFORMED, "the body is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformation(e);
        } catch (IOException e) {
            throw new ServingException(FailureKind.MALFORMED, "the body could not be read", e);
        }
    }

    /** The text of a quoted string that has already been scanned. */
    public static String unquote(byte[] text, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
            parser.nextToken();
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw malformation(e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    /** Describes a JSON error for the caller: the problem and its place, without the text itself. */
    public static ServingException malformation(JsonProcessingException e) {
        String what = e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("not JSON")
                .replaceAll(" \\(start marker.*|, from `[^`]*`", "")
                .replaceAll("^Non-standard token '([^']*)'.*", "JSON has no $1");
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new ServingException(FailureKind.MALFORMED, what + where, e);
    }

    public static byte[] write(Object value) {
        return write(MAPPER.writer(), value);
    }

    /** Like {@link #write}, with a space after each colon and comma. */
    public static byte[] writeSpaced(Object value) {
        return write(SPACED, value);
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    public static String writeText(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }
}
