/** What learns from encoded rows; start at {@link dev.foretell.worker.training.learn.Algorithm}. */
@NullMarked
package dev.foretell.worker.training.learn;

import org.jspecify.annotations.NullMarked;
