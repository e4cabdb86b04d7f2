/** How good a pipeline is on rows it has not seen; start at {@link dev.foretell.worker.training.score.Validation}. */
@NullMarked
package dev.foretell.worker.training.score;

import org.jspecify.annotations.NullMarked;
