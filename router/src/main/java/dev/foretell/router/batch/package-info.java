/** Joining calls of one model; start at {@link dev.foretell.router.batch.Batcher}. */
@NullMarked
package dev.foretell.router.batch;

import org.jspecify.annotations.NullMarked;
