/** Deadlines. */
@NullMarked
package dev.foretell.commons.time;

import org.jspecify.annotations.NullMarked;
