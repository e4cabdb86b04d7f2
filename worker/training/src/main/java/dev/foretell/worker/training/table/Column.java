package dev.foretell.worker.training.table;

/** One feature of a table, with its name in the CSV's header. */
public sealed interface Column permits NumberColumn, CategoryColumn {
    String name();

    int rows();

    /** A column of these rows, in this order. */
    Column select(int[] rows);
}
