/** Tests of the room {@code pipeline}. */
@NullMarked
package dev.foretell.worker.training.pipeline;

import org.jspecify.annotations.NullMarked;
