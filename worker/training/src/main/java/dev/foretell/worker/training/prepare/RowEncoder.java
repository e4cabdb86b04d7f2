package dev.foretell.worker.training.prepare;

import java.io.Serializable;

/**
 * A preparation for single rows, as a pass over a table delivers them ({@link dev.foretell.worker.training.table.RowReceiver}). It is
 * sent to other processes. Immutable.
 */
public final class RowEncoder implements Serializable {
    private static final long serialVersionUID = 1;

    /** For each column of texts, where the number of each text is among its numbers, and last that of a missing one; -1 for nowhere. */
    private final int[][] places;

    private final int[] starts;
    private final double[] fills;
    private final double[] means;
    private final double[] deviations;

    /** @param places an empty array for a column of numbers */
    RowEncoder(int[][] places, int[] starts, double[] fills, Scaling scaling) {
        this.places = places;
        this.starts = starts;
        this.fills = fills;
        this.means = scaling.means();
        this.deviations = scaling.deviations();
    }

    /** The numbers that an algorithm reads. */
    public double[] encode(double[] cells) {
        double[] row = new double[fills.length];
        for (int column = 0; column < starts.length; column++) {
            double cell = cells[column];
            int[] own = places[column];
            if (own.length == 0) {
                row[starts[column]] = Double.isNaN(cell) ? fills[starts[column]] : cell;
            } else {
                int place = own[Double.isNaN(cell) ? own.length - 1 : (int) cell];
                if (place >= 0) {
                    row[starts[column] + place] = 1;
                }
            }
        }
        for (int j = 0; j < row.length; j++) {
            row[j] = (row[j] - means[j]) / deviations[j];
        }
        return row;
    }
}
