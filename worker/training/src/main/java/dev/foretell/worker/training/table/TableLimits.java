package dev.foretell.worker.training.table;

/**
 * Bounds on what a table may cost: a table within them takes at most about 8 bytes a cell, and reading it no more than a few lines
 * beside that.
 *
 * @param columns most columns, the target and ignored ones included; default 2,000
 * @param cells most rows times columns; default 20,000,000
 * @param lineLength most characters of a line, and of one quoted value; default 1,048,576
 * @param categories most different texts of one column; default 1,000
 * @param classes most classes of a target; default 100
 */
public record TableLimits(int columns, long cells, int lineLength, int categories, int classes) {
    public static final TableLimits DEFAULT = new TableLimits(2_000, 20_000_000, 1 << 20, 1_000, 100);
}
