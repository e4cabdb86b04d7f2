package dev.foretell.worker.training.learn;

/**
 * What a model's file depends on.
 *
 * @param width encoded numbers of a row, at most
 * @param outputs scores of a row
 */
public record Size(int rows, int width, int outputs) {
    /** About the bytes of a node's place in each list of the file. */
    private static final int NODE_BYTES = 50;

    private static final int WEIGHT_BYTES = 14;

    /** At most the bytes of so many trees. */
    long trees(long trees, int depth, int leafRows) {
        long most = Math.min(Math.max(1, rows / leafRows), 1L << Math.min(depth, 40));
        return trees * most * (2L * NODE_BYTES + (long) WEIGHT_BYTES * outputs);
    }

    long weights() {
        return 8L * width * outputs;
    }

    /** Of rows that are kept as they are. */
    long kept() {
        return 8L * rows * (width + outputs + 1L);
    }
}
