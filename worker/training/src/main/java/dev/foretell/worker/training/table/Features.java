package dev.foretell.worker.training.table;

import java.util.List;

/** The inputs of predictions: columns of equal length, in the order of the CSV. */
public record Features(List<Column> columns, int rows) {
    public Features {
        columns = List.copyOf(columns);
    }

    public Features select(int[] selected) {
        return new Features(
                columns.stream().map(column -> column.select(selected)).toList(), selected.length);
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
