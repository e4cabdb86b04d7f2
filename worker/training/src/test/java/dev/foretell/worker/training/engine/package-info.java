@NullMarked
package dev.foretell.worker.training.engine;

import org.jspecify.annotations.NullMarked;
