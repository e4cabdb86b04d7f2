/** The router's side of the workers: start at {@link dev.foretell.router.upstream.pool.EndpointPool}. */
@NullMarked
package dev.foretell.router.upstream;

import org.jspecify.annotations.NullMarked;
