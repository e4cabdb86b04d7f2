package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Utf8;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects the elements of one tensor from JSON and checks each one against the datatype. Used once. */
final class Elements {
    private static final int BEGIN_WITH = 64;
    /** Bounds the first allocation: a shape may promise more elements than the body has. */
    private static final int MAX_AT_ONCE = 1 << 20;
    /** The maximum size of an array. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private final String tensor;
    private final Datatype datatype;
    private final List<byte[]> strings = new ArrayList<>(0);
    private ByteBuffer numbers;
    private int count;

    /** @param expected the likely number of elements */
    Elements(String tensor, Datatype datatype, long expected) {
        this.tensor = tensor;
        this.datatype = datatype;
        long bytes = datatype.width() * expected;
        if (bytes > MAX_BYTES) {
            throw tooMany();
        }
        this.numbers = buffer((int) Math.min(bytes, MAX_AT_ONCE));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int count() {
        return count;
    }

    /** The elements as a tensor; the shape must have the same number of elements. */
    Tensor tensor(long[] shape) {
        return datatype == Datatype.BYTES
                ? Tensor.of(tensor, shape, strings)
                : Tensor.of(tensor, datatype, shape, numbers.flip());
    }

    /** Adds the value at the parser's position. */
    void add(JsonParser in) throws IOException {
        if (numbers.remaining() < datatype.width()) {
            grow();
        }
        switch (datatype) {
            case BOOL -> numbers.put((byte) (truth(in) ? 1 : 0));
            case INT8 -> numbers.put((byte) whole(in, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> numbers.put((byte) whole(in, 0, 0xff));
            case INT16 -> numbers.putShort((short) whole(in, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> numbers.putShort((short) whole(in, 0, 0xffff));
            case INT32 -> numbers.putInt((int) whole(in, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> numbers.putInt((int) whole(in, 0, 0xffff_ffffL));
            case INT64 -> numbers.putLong(whole(in, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> numbers.putLong(readUnsigned(in));
            case FP16 -> numbers.putShort(half(in));
            case FP32 -> numbers.putFloat(single(in));
            case FP64 -> numbers.putDouble(real(in));
            case BYTES -> strings.add(string(in));
            case BF16 -> throw Misfit.of(tensor, "BF16 in binary form, binary_data_size", "JSON");
        }
        count++;
    }

    private void grow() {
        int length = numbers.capacity();
        if (length > MAX_BYTES / 2) {
            throw tooMany();
        }
        numbers = buffer(Math.max(BEGIN_WITH, 2 * length)).put(numbers.flip());
    }

    private ServingException tooMany() {
        return Misfit.of(tensor, "less than 2 GiB", "more");
    }

    private boolean truth(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return whole(in, 0, 1) == 1;
    }

    private long whole(JsonParser in, long least, long most) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(in, datatype.name());
        }
        long value = in.getNumberType() == NumberType.BIG_INTEGER ? 0 : in.getLongValue();
        if (in.getNumberType() == NumberType.BIG_INTEGER || value < least || value > most) {
            throw wrong(in, datatype + " from " + least + " to " + most);
        }
        return value;
    }

    private long readUnsigned(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(in, datatype.name());
        }
        BigInteger value = in.getBigIntegerValue();
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw wrong(in, datatype + " from 0 to 18446744073709551615");
        }
        return value.longValue();
    }

    private short half(JsonParser in) throws IOException {
        float value = single(in);
        short bits = Half.toFp16(value);
        if (Float.isFinite(value) && !Float.isFinite(Half.fromFp16(bits))) {
            throw wrong(in, "FP16 from -65504 to 65504");
        }
        return bits;
    }

    private float single(JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            return (float) notFinite(in);
        }
        float value = in.getFloatValue();
        if (Float.isInfinite(value)) {
            throw wrong(in, datatype + ", and it is out of its range");
        }
        return value;
    }

    private double real(JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            return notFinite(in);
        }
        double value = in.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw wrong(in, datatype + ", and it is out of its range");
        }
        return value;
    }

    /** JSON has no numbers for these values. */
    private double notFinite(JsonParser in) throws IOException {
        String text = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw wrong(
                        in,
                        datatype + (in.currentToken() == JsonToken.VALUE_NULL ? " (a missing value is \"NaN\")" : ""));
        };
    }

    private byte[] string(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(in, "text");
        }
        String text = in.getText();
        if (!Utf8.isWhole(text)) {
            throw Misfit.of(
                    tensor, "the text at element " + count + " has half of a surrogate pair, which is not a character");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ServingException wrong(JsonParser in, String expected) throws IOException {
        String got = in.currentToken().isStructStart() ? "an object" : Misfit.abbreviate(in.getText());
        boolean text = in.currentToken() == JsonToken.VALUE_STRING;
        return Misfit.of(tensor, expected + " at element " + count, text ? '"' + got + '"' : got);
    }
}
