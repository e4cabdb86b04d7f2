/** Sockets that accept no faster than event loops take connections on; start at {@link dev.foretell.edge.accept.EdgeTransport}. */
@NullMarked
package dev.foretell.edge.accept;

import org.jspecify.annotations.NullMarked;
