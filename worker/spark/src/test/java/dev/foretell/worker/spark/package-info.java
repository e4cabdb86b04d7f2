@NullMarked
package dev.foretell.worker.spark;

import org.jspecify.annotations.NullMarked;
