/** The router's API: start at {@link dev.foretell.router.http.RouterRoutes}. */
@NullMarked
package dev.foretell.router.http;

import org.jspecify.annotations.NullMarked;
