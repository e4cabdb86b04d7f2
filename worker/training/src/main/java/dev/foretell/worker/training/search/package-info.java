/** The search for the best pipeline of a table; start at {@link dev.foretell.worker.training.search.Search}. */
@NullMarked
package dev.foretell.worker.training.search;

import org.jspecify.annotations.NullMarked;
