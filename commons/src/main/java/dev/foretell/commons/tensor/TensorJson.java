package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes tensors in JSON. Integers are exact, including those of 64 bits. BYTES are UTF-8 strings.
 * Non-finite numbers are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}, in both directions.
 * JSON input cannot be BF16.
 */
public final class TensorJson {
    private static final long SIGN = 1L << 63;

    private TensorJson() {}

    /**
     * Reads a tensor from nested arrays or a flat one.
     *
     * @param shape null if the nesting determines it; it must match the model's shape in either case
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the tensor, the expected and the actual value
     */
    public static Tensor read(TensorSpec spec, JsonNode nestedOrFlat, long @Nullable [] shape) {
        if (shape != null) {
            spec.requireShape(shape);
        }
        Tensor tensor = read(spec.name(), spec.datatype(), nestedOrFlat, shape);
        spec.requireShape(tensor.shape());
        return tensor;
    }

    /**
     * Reads a tensor whose shape is the nesting of its arrays.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT}
     */
    public static Tensor read(String name, Datatype datatype, JsonNode nested) {
        return read(name, datatype, nested, null);
    }

    private static Tensor read(String name, Datatype datatype, JsonNode value, long @Nullable [] shape) {
        try (JsonParser in = value.traverse()) {
            in.nextToken();
            return read(in, name, datatype, shape, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    /**
     * Reads a tensor from text without a tree, without checking it against the model's shape. The parser is at the
     * value, and afterwards at its end.
     *
     * @param most the maximum number of elements
     */
    public static Tensor read(JsonParser in, String name, Datatype datatype, long @Nullable [] shape, long most)
            throws IOException {
        return new NestedReader(in, name, datatype, shape, most).read();
    }

    /** Describes a JSON error. NaN is the most common mistake. */
    public static ServingException malformation(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message != null && message.startsWith("Non-standard token")
                ? new ServingException(
                        FailureKind.MALFORMED,
                        "JSON has no NaN and no infinities; send the strings \"NaN\", \"Infinity\" and \"-Infinity\"")
                : Json.malformation(e);
    }

    /** A value for Jackson: nested lists, or the element itself if the tensor has no dimensions. */
    public static Object nest(Tensor tensor) {
        return nest(tensor, tensor.shape(), 0, new int[1]);
    }

    private static Object nest(Tensor tensor, long[] shape, int depth, int[] next) {
        if (depth == shape.length) {
            return element(tensor, next[0]++);
        }
        List<Object> row = new ArrayList<>((int) shape[depth]);
        for (int i = 0; i < shape[depth]; i++) {
            row.add(nest(tensor, shape, depth + 1, next));
        }
        return row;
    }

    /** One element, counted in row-major order: a Boolean, Long, BigInteger, Float, Double or String. */
    public static Object element(Tensor tensor, int index) {
        ByteBuffer numbers = tensor.numbers();
        int at = index * tensor.datatype().width();
        return switch (tensor.datatype()) {
            case BOOL -> numbers.get(at) != 0;
            case UINT64 -> toUnsigned(numbers.getLong(at));
            case FP16, BF16, FP32 -> finite(single(tensor.datatype(), numbers, at));
            case FP64 -> finite(numbers.getDouble(at));
            case BYTES -> text(tensor, index);
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> whole(tensor.datatype(), numbers, at);
        };
    }

    private static Object finite(Float value) {
        return Float.isFinite(value) ? value : value.toString();
    }

    private static Object finite(Double value) {
        return Double.isFinite(value) ? value : value.toString();
    }

    private static Object toUnsigned(long bits) {
        return bits >= 0 ? (Object) bits : BigInteger.valueOf(bits ^ SIGN).setBit(Long.SIZE - 1);
    }

    private static String text(Tensor tensor, int index) {
        return new String(tensor.strings().get(index), StandardCharsets.UTF_8);
    }

    static float single(Datatype datatype, ByteBuffer numbers, int at) {
        return switch (datatype) {
            case FP16 -> Half.fromFp16(numbers.getShort(at));
            case BF16 -> Half.fromBf16(numbers.getShort(at));
            default -> numbers.getFloat(at);
        };
    }

    private static long whole(Datatype datatype, ByteBuffer numbers, int at) {
        return switch (datatype) {
            case INT8 -> numbers.get(at);
            case UINT8 -> numbers.get(at) & 0xff;
            case INT16 -> numbers.getShort(at);
            case UINT16 -> numbers.getShort(at) & 0xffff;
            case INT32 -> numbers.getInt(at);
            case UINT32 -> numbers.getInt(at) & 0xffff_ffffL;
            default -> numbers.getLong(at);
        };
    }

    /** Writes the value of {@link #nest} without creating it. */
    public static void writeNested(JsonGenerator out, Tensor tensor) throws IOException {
        writeNested(out, tensor, tensor.numbers(), tensor.shape(), 0, 0);
    }

    /** Writes one row along the first dimension. */
    public static void writeRow(JsonGenerator out, Tensor tensor, int row) throws IOException {
        long[] shape = tensor.shape();
        writeNested(out, tensor, tensor.numbers(), shape, 1, row * (int) (tensor.count() / shape[0]));
    }

    private static int writeNested(
            JsonGenerator out, Tensor tensor, ByteBuffer numbers, long[] shape, int depth, int first)
            throws IOException {
        if (depth == shape.length) {
            write(out, tensor, numbers, first);
            return first + 1;
        }
        int next = first;
        out.writeStartArray();
        for (int i = 0; i < shape[depth]; i++) {
            next = writeNested(out, tensor, numbers, shape, depth + 1, next);
        }
        out.writeEndArray();
        return next;
    }

    /** Writes the elements as one array in row-major order. */
    public static void writeFlat(JsonGenerator out, Tensor tensor) throws IOException {
        ByteBuffer numbers = tensor.numbers();
        long count = tensor.count();
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
            write(out, tensor, numbers, i);
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Tensor tensor, ByteBuffer numbers, int index) throws IOException {
        int at = index * tensor.datatype().width();
        switch (tensor.datatype()) {
            case BOOL -> out.writeBoolean(numbers.get(at) != 0);
            case UINT64 -> out.writeNumber(Long.toUnsignedString(numbers.getLong(at)));
            case FP16, BF16, FP32 -> write(out, single(tensor.datatype(), numbers, at));
            case FP64 -> write(out, numbers.getDouble(at));
            case BYTES -> out.writeString(text(tensor, index));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 ->
                out.writeNumber(whole(tensor.datatype(), numbers, at));
        }
    }

    private static void write(JsonGenerator out, float value) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Float.toString(value));
        }
    }

    private static void write(JsonGenerator out, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Double.toString(value));
        }
    }
}
