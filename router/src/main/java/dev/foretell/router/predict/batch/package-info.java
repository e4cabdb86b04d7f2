/** Batches of calls to workers; start at {@link dev.foretell.router.predict.batch.Batches}. */
@NullMarked
package dev.foretell.router.predict.batch;

import org.jspecify.annotations.NullMarked;
