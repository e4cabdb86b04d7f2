@NullMarked
package dev.foretell.worker.training.job;

import org.jspecify.annotations.NullMarked;
