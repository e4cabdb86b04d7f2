/** Training code of a user's own: implement {@link dev.foretell.worker.training.code.TrainFunction}. */
@NullMarked
package dev.foretell.worker.training.code;

import org.jspecify.annotations.NullMarked;
