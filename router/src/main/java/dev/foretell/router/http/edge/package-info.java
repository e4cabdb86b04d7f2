/** Who may do what, timeouts, failures, and how connections drain; start at {@link dev.foretell.router.http.edge.Guard}. */
@NullMarked
package dev.foretell.router.http.edge;

import org.jspecify.annotations.NullMarked;
