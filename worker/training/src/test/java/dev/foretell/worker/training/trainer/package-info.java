@NullMarked
package dev.foretell.worker.training.trainer;

import org.jspecify.annotations.NullMarked;
