/**
 * The data that routers, workers and their users exchange over HTTP; start at {@link
 * dev.foretell.commons.wire.RoutingMap}.
 */
@NullMarked
package dev.foretell.commons.wire;

import org.jspecify.annotations.NullMarked;
