/** Which workers serve which model: start at {@link dev.foretell.router.routing.RoutingTables}. */
@NullMarked
package dev.foretell.router.routing;

import org.jspecify.annotations.NullMarked;
