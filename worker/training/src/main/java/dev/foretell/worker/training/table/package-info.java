/** Tables of rows with known answers, and how they are read; start at {@link dev.foretell.worker.training.table.CsvTable}. */
@NullMarked
package dev.foretell.worker.training.table;

import org.jspecify.annotations.NullMarked;
