package dev.foretell.commons.json;

/** The open objects and arrays around a place in a JSON text, as one bit each: 1 for an object. */
final class OpenValues {
    /** The maximum nesting of arrays and objects. */
    static final int MAX_DEPTH = 500;

    private static final long[] NONE = {};
    private static final int MORE_WORDS = MAX_DEPTH / Long.SIZE;

    /** The outermost 64; few texts have more. */
    private long outer;

    private long[] inner = NONE;
    private int depth;

    int depth() {
        return depth;
    }

    /** Whether no further value may be opened: {@link #MAX_DEPTH}. */
    boolean isFull() {
        return depth == MAX_DEPTH;
    }

    void open(boolean object) {
        long bit = 1L << depth;
        if (depth < Long.SIZE) {
            outer = object ? outer | bit : outer & ~bit;
        } else {
            if (inner == NONE) {
                inner = new long[MORE_WORDS];
            }
            int word = depth / Long.SIZE - 1;
            inner[word] = object ? inner[word] | bit : inner[word] & ~bit;
        }
        depth++;
    }

    void close() {
        depth--;
    }

    /** Whether the innermost open value is an object. */
    boolean isInObject() {
        int last = depth - 1;
        long word = last < Long.SIZE ? outer : inner[last / Long.SIZE - 1];
        return (word & 1L << last) != 0;
    }
}
