@NullMarked
package dev.foretell.worker.training.prepare;

import org.jspecify.annotations.NullMarked;
