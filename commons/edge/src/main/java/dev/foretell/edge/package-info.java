/**
 * What the HTTP servers of routers and workers have in common: event loops, and bounds on what a caller may cost; start at
 * {@link dev.foretell.edge.CallerConnection}.
 */
@NullMarked
package dev.foretell.edge;

import org.jspecify.annotations.NullMarked;
