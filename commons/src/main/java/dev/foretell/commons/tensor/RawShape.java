package dev.foretell.commons.tensor;

/** Derives the shape of an input that arrived as raw bytes. */
final class RawShape {
    private RawShape() {}

    static long[] of(TensorSpec spec, long bytes) {
        long[] shape = dimensions(spec);
        int open = -1;
        long known = spec.datatype().width();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0) {
                known *= shape[i];
            } else if (open < 0 || isFirstOfTwo(shape, open)) {
                open = i;
            } else {
                throw Misfit.of(spec.name(), "a request that says its shape, of " + spec.shape(), "bytes alone");
            }
        }
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shape[i] >= 0 ? shape[i] : 1;
        }
        if (open >= 0 && known > 0) {
            shape[open] = bytes / known;
        }
        return shape;
    }

    /** The first dimension is usually the batch size. */
    private static boolean isFirstOfTwo(long[] shape, int open) {
        return open == 0 && shape[0] < 0;
    }

    /** The shape of a single string. */
    static long[] ofOne(TensorSpec spec) {
        long[] shape = dimensions(spec);
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] > 1 || shape[i] == 0) {
                throw Misfit.of(spec.name(), "a request that says its shape, of " + spec.shape(), "one string alone");
            }
            shape[i] = 1;
        }
        return shape;
    }

    private static long[] dimensions(TensorSpec spec) {
        return spec.shape().stream().mapToLong(Long::longValue).toArray();
    }
}
