/** Calls to workers: start at {@link dev.foretell.router.upstream.pool.EndpointPool}. */
@NullMarked
package dev.foretell.router.upstream;

import org.jspecify.annotations.NullMarked;
