/** Tests of how tables are read. */
@NullMarked
package dev.foretell.worker.training.table;

import org.jspecify.annotations.NullMarked;
