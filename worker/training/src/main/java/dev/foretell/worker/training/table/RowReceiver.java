package dev.foretell.worker.training.table;

import java.io.IOException;
import java.util.function.IntPredicate;

/** Receives the rows of a table one after the other. */
@FunctionalInterface
public interface RowReceiver {
    /**
     * @param cells the features in the order of the columns, then the target: numbers, indices of texts by their first rows, {@code NaN}
     *     where a value is missing; the next row reuses the array
     * @param isText whether a cell is the index of a text
     */
    void accept(double[] cells, IntPredicate isText) throws IOException;
}
