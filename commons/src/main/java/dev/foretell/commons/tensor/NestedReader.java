package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one tensor from nested arrays, or from a flat one, without a tree. Used once. */
final class NestedReader {
    private final JsonParser in;
    private final String tensor;
    private final Elements elements;
    private final long @Nullable [] shape;
    private final long count;
    /** By depth; -1 while unknown. */
    private final long[] lengths = new long[Shapes.MAX_DIMENSIONS];

    private int leafDepth = -1;

    /**
     * @param shape null if the arrays determine it
     * @param most an upper bound on the number of elements
     */
    NestedReader(JsonParser in, String tensor, Datatype datatype, long @Nullable [] shape, long most) {
        this.in = in;
        this.tensor = tensor;
        this.shape = shape;
        this.count = shape == null ? Integer.MAX_VALUE : Shapes.count(tensor, shape, most);
        this.elements = new Elements(tensor, datatype, shape == null ? 0 : count);
        Arrays.fill(lengths, -1);
    }

    /** Reads the value at the parser's position. */
    Tensor read() throws IOException {
        value(0);
        long[] found = Arrays.copyOf(lengths, depth());
        if (shape == null) {
            return elements.tensor(found);
        }
        if (endsEmpty(found, shape)) {
            return elements.tensor(shape);
        }
        boolean flat = found.length == 1 || (found.length == 0 && shape.length == 0);
        if (flat ? elements.count() != count : !Arrays.equals(found, shape)) {
            throw flat
                    ? Misfit.of(tensor, count + " elements for its shape " + Shapes.text(shape), elements.count() + "")
                    : Misfit.of(
                            tensor,
                            "data flat or nested as its shape " + Shapes.text(shape),
                            found.length == 0 ? "a single value" : Shapes.text(found));
        }
        return elements.tensor(shape);
    }

    /** Nested arrays end at the first empty level: {@code [[],[]]} is the complete form of {@code [2, 0, 4]}. */
    private static boolean endsEmpty(long[] found, long[] shape) {
        return found.length > 0
                && found.length < shape.length
                && found[found.length - 1] == 0
                && Arrays.equals(found, Arrays.copyOf(shape, found.length));
    }

    private int depth() {
        if (leafDepth >= 0) {
            return leafDepth;
        }
        int depth = 0;
        while (depth < lengths.length && lengths[depth] >= 0) {
            depth++;
        }
        return depth;
    }

    private void value(int depth) throws IOException {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            array(depth);
        } else if ((leafDepth >= 0 && leafDepth != depth) || hasRows(depth)) {
            throw raggedness();
        } else if (elements.count() == count) {
            throw Misfit.of(tensor, count + " elements for its shape " + text(), "more");
        } else {
            leafDepth = depth;
            elements.add(in);
        }
    }

    /** Whether there are rows, even empty ones, in place of an element. */
    private boolean hasRows(int depth) {
        return depth < lengths.length && lengths[depth] >= 0;
    }

    private String text() {
        return shape == null ? "" : Shapes.text(shape);
    }

    private void array(int depth) throws IOException {
        if (depth == lengths.length) {
            throw Misfit.of(tensor, "at most " + lengths.length + " dimensions", "more");
        }
        if (leafDepth >= 0 && leafDepth <= depth) {
            throw raggedness();
        }
        long length = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            value(depth + 1);
            length++;
        }
        if (lengths[depth] >= 0 && lengths[depth] != length) {
            throw raggedness();
        }
        lengths[depth] = length;
    }

    private ServingException raggedness() {
        return Misfit.of(tensor, "rows of one length and depth", "rows that differ");
    }
}
