package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one input of a request. If the name, shape and datatype precede the data, it reads the data in the same pass;
 * otherwise it returns to the data at the end. Used once.
 */
final class InputReader {
    private static final String BINARY_SIZE = "binary_data_size";

    private final byte[] body;
    private final int jsonLength;
    private @Nullable String name;
    private @Nullable Datatype datatype;
    private long @Nullable [] shape;
    private Map<String, Object> parameters = Map.of();
    private @Nullable Tensor tensor;
    private int dataAt = -1;
    private int dataLength;

    InputReader(byte[] body, int jsonLength) {
        this.body = body;
        this.jsonLength = jsonLength;
    }

    InputReader read(JsonParser in) throws IOException {
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "name" -> name = Fields.text("an input's name", in);
                case "datatype" -> datatype = datatype(in);
                case "shape" -> shape = shape(in);
                case "parameters" -> parameters = Fields.parameters("an input's parameters", in);
                case "data" -> data(in);
                default -> in.skipChildren();
            }
        }
        if (datatype == null || shape == null || name == null) {
            throw Misfit.of(name(), "an input with name, shape and datatype", "one without " + describeGap());
        }
        return this;
    }

    String name() {
        return name == null ? "" : name;
    }

    private String describeGap() {
        return name == null ? "name" : shape == null ? "shape" : "datatype";
    }

    boolean isBinary() {
        return parameters.containsKey(BINARY_SIZE);
    }

    long binarySize() {
        if (tensor != null || dataAt >= 0) {
            throw Misfit.of(name(), "data or " + BINARY_SIZE, "both");
        }
        if (!(parameters.get(BINARY_SIZE) instanceof Long size) || size < 0) {
            throw Misfit.of(name(), "a " + BINARY_SIZE + " from 0 up", parameters.get(BINARY_SIZE) + "");
        }
        return size;
    }

    Tensor tensor(ByteBuffer binary) {
        if (datatype == null || shape == null) {
            throw new IllegalStateException("not read");
        }
        return TensorBinary.read(name(), datatype, shape, binary);
    }

    Tensor tensor() throws IOException {
        if (tensor != null) {
            return tensor;
        }
        if (dataAt < 0) {
            throw Misfit.of(name(), "data, or " + BINARY_SIZE + " in its parameters", "neither");
        }
        try (JsonParser in = Json.FACTORY.createParser(body, dataAt, dataLength)) {
            in.nextToken();
            return read(in, name(), datatype, shape);
        }
    }

    private Tensor read(JsonParser in, String named, @Nullable Datatype type, long @Nullable [] dimensions)
            throws IOException {
        if (type == null || dimensions == null) {
            throw new IllegalStateException("not read");
        }
        return TensorJson.read(in, named, type, dimensions, jsonLength);
    }

    private void data(JsonParser in) throws IOException {
        if (tensor != null || dataAt >= 0) {
            throw Misfit.of(name(), "its data is given twice");
        }
        if (name != null && datatype != null && shape != null) {
            tensor = read(in, name, datatype, shape);
            return;
        }
        dataAt = (int) in.currentTokenLocation().getByteOffset();
        if (dataAt < 0) {
            throw new ServingException(FailureKind.MALFORMED, "the body must be UTF-8");
        }
        in.skipChildren();
        in.finishToken();
        dataLength = (int) in.currentLocation().getByteOffset() - dataAt;
    }

    private Datatype datatype(JsonParser in) throws IOException {
        String text = Fields.text("an input's datatype", in);
        return Datatype.of(text)
                .orElseThrow(() -> Misfit.of(
                        name(), "a datatype of " + Arrays.toString(Datatype.values()), Misfit.abbreviate(text)));
    }

    private long[] shape(JsonParser in) throws IOException {
        Fields.requireArray("an input's shape", in);
        long[] dimensions = new long[Shapes.MAX_DIMENSIONS];
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || count == dimensions.length) {
                throw Misfit.of(name(), "a shape of at most " + dimensions.length + " whole numbers", "another");
            }
            dimensions[count++] = in.getLongValue();
        }
        return Arrays.copyOf(dimensions, count);
    }
}
