/** Calls per model and worker: start at {@link dev.foretell.router.counts.RequestCounts}. */
@NullMarked
package dev.foretell.router.counts;

import org.jspecify.annotations.NullMarked;
