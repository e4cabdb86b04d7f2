/** Access, timeouts, failures, and draining of connections; start at {@link dev.foretell.router.http.edge.Guard}. */
@NullMarked
package dev.foretell.router.http.edge;

import org.jspecify.annotations.NullMarked;
