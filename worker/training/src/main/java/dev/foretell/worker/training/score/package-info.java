/**
 * Measures a pipeline on rows that its training did not see; start at {@link dev.foretell.worker.training.score.Validation}.
 */
@NullMarked
package dev.foretell.worker.training.score;

import org.jspecify.annotations.NullMarked;
