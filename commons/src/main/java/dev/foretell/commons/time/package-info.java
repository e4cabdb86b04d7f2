/** Deadlines, and what happens when time has passed. */
@NullMarked
package dev.foretell.commons.time;

import org.jspecify.annotations.NullMarked;
