/** Tables of rows with known targets, and their CSV reader; start at {@link dev.foretell.worker.training.table.CsvTable}. */
@NullMarked
package dev.foretell.worker.training.table;

import org.jspecify.annotations.NullMarked;
