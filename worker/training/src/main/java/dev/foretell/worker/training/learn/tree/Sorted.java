package dev.foretell.worker.training.learn.tree;

import java.util.Arrays;

/**
 * Encoded rows by column, and the rows sorted by each column, equal ones in the order of the table. Immutable; trees share it.
 */
record Sorted(double[][] columns, int[][] orders, int rows) {
    static Sorted of(double[][] rows) {
        int width = rows[0].length;
        double[][] columns = new double[width][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < width; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return new Sorted(columns, Arrays.stream(columns).map(Sorted::order).toArray(int[][]::new), rows.length);
    }

    private static int[] order(double[] column) {
        Integer[] order = new Integer[column.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> compare(column[one], column[other]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** Compares as thresholds do: 0 and -0 are equal. */
    private static int compare(double one, double other) {
        return one < other ? -1 : one > other ? 1 : 0;
    }

    /** The orders of the rows that have a weight. */
    int[][] orders(int[] weights) {
        return Arrays.stream(orders)
                .map(order ->
                        Arrays.stream(order).filter(row -> weights[row] > 0).toArray())
                .toArray(int[][]::new);
    }
}
