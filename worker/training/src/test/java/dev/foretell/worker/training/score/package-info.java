/** Tests of the room {@code score}. */
@NullMarked
package dev.foretell.worker.training.score;

import org.jspecify.annotations.NullMarked;
