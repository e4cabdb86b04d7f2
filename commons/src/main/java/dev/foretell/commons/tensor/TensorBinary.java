package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes tensors in the protocol's binary extension: little-endian and row-major. A length of four bytes
 * precedes each string.
 */
public final class TensorBinary {
    private static final int LENGTH_BYTES = 4;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");

    private TensorBinary() {}

    /**
     * The length of the JSON part of a body by the header {@code Inference-Header-Content-Length}; -1 without the
     * header. 0 is the raw form: the body is the data of the model's only input.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if the header is invalid
     */
    public static int jsonLength(@Nullable String header, int bodyLength) {
        if (header == null) {
            return -1;
        }
        if (!LENGTH.matcher(header).matches() || Long.parseLong(header) > bodyLength) {
            throw new ServingException(
                    FailureKind.MALFORMED,
                    "Inference-Header-Content-Length must be a number up to the body's length, " + bodyLength + ", not "
                            + Misfit.abbreviate(header));
        }
        return Integer.parseInt(header);
    }

    /** Does not copy the bytes; the caller must not change them. */
    static Tensor read(String name, Datatype datatype, long[] shape, ByteBuffer bytes) {
        long count = Shapes.count(name, shape, bytes.remaining());
        if (datatype == Datatype.BYTES) {
            return Tensor.of(name, shape, strings(name, count, bytes.slice().order(ByteOrder.LITTLE_ENDIAN)));
        }
        if (count * datatype.width() != bytes.remaining()) {
            throw Misfit.of(
                    name,
                    count * datatype.width() + " bytes as of " + datatype + " " + Shapes.text(shape),
                    bytes.remaining() + "");
        }
        return Tensor.of(name, datatype, shape, bytes);
    }

    private static List<byte[]> strings(String name, long count, ByteBuffer bytes) {
        List<byte[]> strings = new ArrayList<>();
        while (bytes.remaining() >= LENGTH_BYTES && strings.size() < count) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw Misfit.of(name, Integer.toUnsignedString(length) + " bytes of a string", bytes.remaining() + "");
            }
            byte[] string = new byte[length];
            bytes.get(string);
            strings.add(string);
        }
        if (strings.size() != count || bytes.hasRemaining()) {
            throw Misfit.of(
                    name, count + " strings", strings.size() + ", and " + bytes.remaining() + " bytes after them");
        }
        return strings;
    }

    /** The encoded size of a tensor in bytes. */
    static long size(Tensor tensor) {
        return tensor.datatype() == Datatype.BYTES
                ? tensor.strings().stream()
                        .mapToLong(string -> LENGTH_BYTES + (long) string.length)
                        .sum()
                : tensor.numbers().remaining();
    }

    static void write(ByteArrayOutputStream out, Tensor tensor) {
        if (tensor.datatype() != Datatype.BYTES) {
            byte[] bytes = new byte[tensor.numbers().remaining()];
            tensor.numbers().get(bytes);
            out.writeBytes(bytes);
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tensor.strings().forEach(string -> {
            out.writeBytes(length.putInt(0, string.length).array());
            out.writeBytes(string);
        });
    }
}
