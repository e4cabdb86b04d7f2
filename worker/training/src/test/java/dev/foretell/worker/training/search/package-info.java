@NullMarked
package dev.foretell.worker.training.search;

import org.jspecify.annotations.NullMarked;
