package dev.foretell.worker.training.table;

/**
 * Bounds the memory of a table: at most about 8 bytes a cell, and a few lines while it is read.
 *
 * @param columns the maximum number of columns, with the target and ignored ones; default 2,000
 * @param cells the maximum of rows times columns; default 20,000,000
 * @param lineLength the maximum number of characters of a line, and of one quoted value; default 1,048,576
 * @param categories the maximum number of different texts of one column; default 1,000
 * @param classes the maximum number of classes of a target; default 100
 */
public record TableLimits(int columns, long cells, int lineLength, int categories, int classes) {
    public static final TableLimits DEFAULT = new TableLimits(2_000, 20_000_000, 1 << 20, 1_000, 100);

    /** The same for a table of any number of rows, which no memory holds. */
    public TableLimits withoutEnd() {
        return new TableLimits(columns, Long.MAX_VALUE, lineLength, categories, classes);
    }
}
