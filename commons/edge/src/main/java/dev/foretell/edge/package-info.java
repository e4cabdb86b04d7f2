/**
 * Shared parts of the HTTP servers of routers and workers: event loops, and bounds on the cost of a caller; start at
 * {@link dev.foretell.edge.CallerConnection}.
 */
@NullMarked
package dev.foretell.edge;

import org.jspecify.annotations.NullMarked;
