package dev.foretell.commons.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named array of numbers, booleans or byte strings: row-major, little-endian and without padding, as in the
 * protocol's binary extension. Callers must not change its content.
 */
public final class Tensor {
    private final String name;
    private final Datatype datatype;
    private final long[] shape;
    private final ByteBuffer numbers;
    private final List<byte[]> strings;
    private final List<String> labels;

    private Tensor(
            String name,
            Datatype datatype,
            long[] shape,
            ByteBuffer numbers,
            List<byte[]> strings,
            List<String> labels) {
        this.labels = labels;
        this.name = name;
        this.datatype = datatype;
        this.shape = shape;
        this.numbers = numbers;
        this.strings = strings;
    }

    /**
     * Creates a tensor of a fixed-width type.
     *
     * @throws IllegalArgumentException if the number of bytes does not match the shape
     */
    public static Tensor of(String name, Datatype datatype, long[] shape, ByteBuffer littleEndian) {
        if (datatype.width() == 0 || littleEndian.remaining() != count(shape) * datatype.width()) {
            throw new IllegalArgumentException("not as many bytes as the shape needs");
        }
        return new Tensor(
                name,
                datatype,
                shape.clone(),
                littleEndian.slice().order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer(),
                List.of(),
                List.of());
    }

    /**
     * Creates a tensor of BYTES.
     *
     * @throws IllegalArgumentException if the number of strings does not match the shape
     */
    public static Tensor of(String name, long[] shape, List<byte[]> strings) {
        if (strings.size() != count(shape)) {
            throw new IllegalArgumentException("not as many strings as the shape needs");
        }
        return new Tensor(name, Datatype.BYTES, shape.clone(), ByteBuffer.allocate(0), List.copyOf(strings), List.of());
    }

    /**
     * The number of elements of a shape; 1 for an empty shape.
     *
     * @throws ArithmeticException if the number exceeds a long
     */
    public static long count(long[] shape) {
        long count = 1;
        for (long length : shape) {
            count = Math.multiplyExact(count, length);
        }
        return count;
    }

    public String name() {
        return name;
    }

    public Datatype datatype() {
        return datatype;
    }

    public long[] shape() {
        return shape.clone();
    }

    public long count() {
        return count(shape);
    }

    /** The elements, from position 0; empty for BYTES. */
    public ByteBuffer numbers() {
        return numbers.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements of BYTES; empty for other types. */
    public List<byte[]> strings() {
        return strings;
    }

    /** This tensor with another name. */
    public Tensor withName(String other) {
        return new Tensor(other, datatype, shape, numbers, strings, labels);
    }

    /** This tensor with a label (the class) for each element of a row. */
    public Tensor withLabels(List<String> classes) {
        return new Tensor(name, datatype, shape, numbers, strings, List.copyOf(classes));
    }

    /** The labels of a row's elements; empty without labels. */
    public List<String> labels() {
        return labels;
    }
}
