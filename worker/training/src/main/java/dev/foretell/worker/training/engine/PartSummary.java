package dev.foretell.worker.training.engine;

import dev.foretell.worker.training.prepare.ColumnSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What is kept in memory of one part of a table. */
final class PartSummary {
    private final List<ColumnSummary> columns = new ArrayList<>();
    private final RowSample sample;

    PartSummary(int columns, int sampleRows, long seed) {
        for (int i = 0; i < columns; i++) {
            this.columns.add(new ColumnSummary());
        }
        this.sample = new RowSample(sampleRows, seed);
    }

    /** @param isText whether a cell is the index of a text */
    void add(double[] cells, IntPredicate isText) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(cells[i], isText.test(i));
        }
        sample.offer(cells);
    }

    List<ColumnSummary> columns() {
        return columns;
    }

    List<double[]> sample() {
        return sample.rows();
    }

    long rows() {
        return sample.rowCount();
    }
}
