package dev.foretell.worker.training.learn;

/**
 * The numbers that determine the size of a model's file.
 *
 * @param width the maximum number of encoded numbers of a row
 * @param outputs the number of scores of a row
 */
public record Size(int rows, int width, int outputs) {
    /** The approximate size of one node in all lists of the file, in bytes. */
    private static final int NODE_BYTES = 50;

    private static final int WEIGHT_BYTES = 14;

    /** The maximum size of this number of trees, in bytes. */
    long trees(long trees, int depth, int leafRows) {
        long most = Math.min(Math.max(1, rows / leafRows), 1L << Math.min(depth, 40));
        return trees * most * (2L * NODE_BYTES + (long) WEIGHT_BYTES * outputs);
    }

    long weights() {
        return 8L * width * outputs;
    }

    /** The size of a model that keeps the rows, in bytes. */
    long rowBytes() {
        return 8L * rows * (width + outputs + 1L);
    }
}
