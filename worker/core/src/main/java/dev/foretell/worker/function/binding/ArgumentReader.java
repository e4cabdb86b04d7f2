package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Utf8;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.UploadedFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call's named arguments directly from its body in one pass. A single argument that is a JSON object or array
 * may be the whole body. So may a raw body, if the argument takes bytes.
 */
final class ArgumentReader implements CallBody.Reader<@Nullable Object[]> {
    private static final int MAX_NAMED = 10;

    private final Parameter[] parameters;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean maybeWholeObject;
    private final boolean maybeWholeArray;

    ArgumentReader(List<Parameter> parameters) {
        this.parameters = parameters.toArray(Parameter[]::new);
        for (int i = 0; i < this.parameters.length; i++) {
            places.put(this.parameters[i].name(), i);
        }
        maybeWholeObject = parameters.size() == 1 && parameters.get(0).takesObject();
        maybeWholeArray = parameters.size() == 1 && parameters.get(0).takesArray();
    }

    /** Whether it needs the type of the body. */
    boolean takesRaw() {
        return parameters.length == 1 && parameters[0].takesRaw();
    }

    @Override
    public @Nullable Object[] bytes(byte[] body, Map<String, String> headers) {
        return takesRaw() && RawBody.isOne(headers) ? new @Nullable Object[] {parameters[0].readRaw(body)} : json(body);
    }

    @Override
    public @Nullable Object[] json(byte[] text) {
        Utf8.requireJson(text, text.length);
        String[] current = {""};
        try (JsonParser parser = new FiniteParser(FunctionJson.MAPPER.createParser(text))) {
            @Nullable Object[] values = read(text, parser, current);
            requireEnd(parser);
            return values;
        } catch (JsonProcessingException e) {
            JsonText.requireWellFormed(text);
            JsonText.requireNoneTwice(e);
            throw Mismatch.describe(current[0], parameter(current[0]), e);
        } catch (ServingException e) {
            JsonText.requireWellFormed(text);
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Object[] form(Map<String, String> fields, Map<String, UploadedFile> files) {
        Calling call = new Calling();
        fields.forEach((name, text) -> call.put(name, parameter -> parameter.readText(text)));
        files.forEach((name, file) -> call.put(name, parameter -> parameter.readFile(file)));
        return call.finish();
    }

    private @Nullable Object[] read(byte[] text, JsonParser parser, String[] current) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null && parameters.length == 0) {
            return new @Nullable Object[0];
        }
        if (first == null) {
            throw new ServingException(FailureKind.MALFORMED, "the body is empty");
        }
        if (isWholeBody(first, text)) {
            current[0] = first == JsonToken.START_OBJECT ? "" : parameters[0].name();
            return new @Nullable Object[] {parameters[0].read(parser)};
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the body must be a JSON object of named arguments");
        }
        return readNamed(parser, current);
    }

    private @Nullable Object[] readNamed(JsonParser parser, String[] current) throws IOException {
        Calling call = new Calling();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int place = place(name);
            current[0] = name;
            parser.nextToken();
            call.set(place, parameters[place].read(parser));
        }
        return call.finish();
    }

    private boolean isWholeBody(JsonToken first, byte[] text) throws IOException {
        return first == JsonToken.START_ARRAY
                ? maybeWholeArray
                : first == JsonToken.START_OBJECT && maybeWholeObject && !JsonText.hasField(text, parameters[0].name());
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new ServingException(FailureKind.MALFORMED, "there is more after the end of the JSON value");
        }
    }

    private int place(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "got an unexpected keyword argument '" + Mismatch.abbreviate(name) + "'; it takes " + words());
        }
        return place;
    }

    private String words() {
        return parameters.length == 0
                ? "none"
                : Arrays.stream(parameters)
                                .limit(MAX_NAMED)
                                .map(Parameter::name)
                                .collect(Collectors.joining(", "))
                        + (parameters.length > MAX_NAMED ? ", …" : "");
    }

    /** @param name empty if the whole body is the only argument */
    private @Nullable Parameter parameter(String name) {
        Integer place = name.isEmpty() && maybeWholeObject ? Integer.valueOf(0) : places.get(name);
        return place == null ? null : parameters[place];
    }

    /** Reads one argument's value. */
    private interface ValueReader {
        @Nullable
        Object read(Parameter parameter) throws IOException;
    }

    /** The arguments of one call. */
    private final class Calling {
        private final @Nullable Object[] values = new @Nullable Object[parameters.length];
        private final boolean[] given = new boolean[parameters.length];

        void set(int place, @Nullable Object value) {
            values[place] = value;
            given[place] = true;
        }

        void put(String name, ValueReader reader) {
            int place = place(name);
            try {
                set(place, reader.read(parameters[place]));
            } catch (JsonProcessingException e) {
                throw Mismatch.describe(name, parameters[place], e);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Nullable
        Object[] finish() {
            for (int i = 0; i < values.length; i++) {
                if (!given[i]) {
                    values[i] = parameters[i].absent();
                }
            }
            return values;
        }
    }
}
