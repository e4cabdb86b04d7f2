/** What travels over HTTP between routers, workers and their users; start at {@link dev.foretell.commons.wire.RoutingMap}. */
@NullMarked
package dev.foretell.commons.wire;

import org.jspecify.annotations.NullMarked;
