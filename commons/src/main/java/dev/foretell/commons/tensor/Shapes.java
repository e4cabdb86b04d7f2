package dev.foretell.commons.tensor;

import java.util.Arrays;
import java.util.List;

/** Checks shapes from outside. */
final class Shapes {
    /** The maximum number of dimensions of a tensor. */
    static final int MAX_DIMENSIONS = 32;
    /** The maximum number of rows without elements: they cost nothing to send but something to write. */
    private static final long MAX_EMPTY = 1 << 20;

    private Shapes() {}

    /**
     * The number of elements of a received shape. Fails if the shape is invalid or has more elements than the request
     * can hold.
     */
    static long count(String tensor, long[] shape, long most) {
        if (shape.length > MAX_DIMENSIONS) {
            throw Misfit.of(tensor, "a shape of at most " + MAX_DIMENSIONS + " dimensions", shape.length + "");
        }
        long count = 1;
        long withoutZeros = 1;
        for (long length : shape) {
            if (length < 0 || length > Integer.MAX_VALUE || withoutZeros > Integer.MAX_VALUE) {
                throw Misfit.of(tensor, "dimensions from 0 up, of no more elements than are sent", text(shape));
            }
            count *= length;
            withoutZeros *= Math.max(1, length);
        }
        if (count > most || (count == 0 && withoutZeros > MAX_EMPTY)) {
            throw Misfit.of(tensor, count + " elements for its shape " + text(shape), "fewer");
        }
        return count;
    }

    /** {@code [1, 4]}. */
    static String text(long[] shape) {
        return Arrays.toString(shape);
    }

    /** Whether a shape matches the dimensions of a model; -1 matches any size. */
    static boolean fits(List<Long> wanted, long[] shape) {
        if (wanted.size() != shape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (wanted.get(i) >= 0 && wanted.get(i) != shape[i]) {
                return false;
            }
        }
        return true;
    }
}
