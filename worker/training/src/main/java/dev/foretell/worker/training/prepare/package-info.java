/** Converts columns to the numbers that algorithms read; start at {@link dev.foretell.worker.training.prepare.Preparation}. */
@NullMarked
package dev.foretell.worker.training.prepare;

import org.jspecify.annotations.NullMarked;
