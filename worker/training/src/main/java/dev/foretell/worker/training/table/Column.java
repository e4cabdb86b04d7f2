package dev.foretell.worker.training.table;

/** One feature of a table, under the name that the CSV's header has for it. */
public sealed interface Column permits NumberColumn, CategoryColumn {
    String name();

    int rows();

    /** These rows alone, in this order. */
    Column select(int[] rows);
}
