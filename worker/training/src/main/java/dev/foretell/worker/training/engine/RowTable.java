package dev.foretell.worker.training.engine;

import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.ScannedTable;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.Target;
import java.util.List;
import java.util.stream.IntStream;

/** Makes a table of some of the rows of a larger table. */
record RowTable(ScannedTable shape) {
    Table of(List<double[]> rows) {
        int width = shape.features().columns().size();
        return new Table(
                new Features(
                        IntStream.range(0, width)
                                .mapToObj(column -> column(column, rows))
                                .toList(),
                        rows.size()),
                target(rows, width),
                shape.sha256());
    }

    private Column column(int index, List<double[]> rows) {
        Column column = shape.features().columns().get(index);
        return column instanceof CategoryColumn texts
                ? new CategoryColumn(
                        texts.name(),
                        texts.categories(),
                        rows.stream().mapToInt(row -> code(row[index])).toArray())
                : new NumberColumn(
                        column.name(),
                        rows.stream().mapToDouble(row -> row[index]).toArray());
    }

    private static int code(double cell) {
        return Double.isNaN(cell) ? CategoryColumn.MISSING : (int) cell;
    }

    private Target target(List<double[]> rows, int place) {
        if (shape.target() instanceof ClassTarget named) {
            int[] classes = shape.classes();
            return new ClassTarget(
                    named.name(),
                    named.classes(),
                    rows.stream().mapToInt(row -> classes[(int) row[place]]).toArray());
        }
        return new NumberTarget(
                shape.target().name(),
                rows.stream().mapToDouble(row -> row[place]).toArray());
    }
}
