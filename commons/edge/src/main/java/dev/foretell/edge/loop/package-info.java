/** Checks whether event loops still run; start at {@link dev.foretell.edge.loop.LoopWatch}. */
@NullMarked
package dev.foretell.edge.loop;

import org.jspecify.annotations.NullMarked;
