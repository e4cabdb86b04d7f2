/**
 * The router's API: start at {@link dev.foretell.router.http.RouterServer}; all but predict calls go on to {@link
 * dev.foretell.router.http.RouterRoutes}.
 */
@NullMarked
package dev.foretell.router.http;

import org.jspecify.annotations.NullMarked;
