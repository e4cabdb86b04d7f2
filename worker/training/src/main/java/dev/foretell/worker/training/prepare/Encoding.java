package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;

/** Converts one column to numbers, as learned from the training rows. */
sealed interface Encoding permits NumberEncoding, CategoryEncoding {
    /** The count of numbers for each row. */
    int width();

    /** Writes each row's numbers from {@code at} on; a missing value may stay {@code NaN}. */
    void encode(Column column, double[][] rows, int at);

    /**
     * Where the number of each text of a column is among this encoding's, and last that of a missing one; -1 for nowhere. Empty for a
     * column of numbers.
     */
    int[] places(Column column);

    /** The replacement for {@code NaN}. */
    double fill();

    /** Adds the input and its nodes. Their output has {@link #width} numbers for each row. */
    String export(OnnxGraph graph);

    static Encoding learn(Column column) {
        // A sealed type has no exhaustive switch on Java 17.
        return column instanceof CategoryColumn texts
                ? CategoryEncoding.learn(texts)
                : NumberEncoding.learn((NumberColumn) column);
    }
}
