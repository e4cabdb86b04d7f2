package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;

/** How one column becomes numbers, as learned from the rows that were trained on. */
sealed interface Encoding permits NumberEncoding, CategoryEncoding {
    /** Numbers for each row. */
    int width();

    /** Writes each row's numbers from {@code at} on; what is missing may stay {@code NaN}. */
    void encode(Column column, double[][] rows, int at);

    /** What stands for {@code NaN}. */
    double fill();

    /** Adds the input and its nodes; the result has {@link #width} numbers for each row. */
    String export(OnnxGraph graph);

    static Encoding learn(Column column) {
        // A sealed type has no exhaustive switch on Java 17.
        return column instanceof CategoryColumn texts
                ? CategoryEncoding.learn(texts)
                : NumberEncoding.learn((NumberColumn) column);
    }
}
