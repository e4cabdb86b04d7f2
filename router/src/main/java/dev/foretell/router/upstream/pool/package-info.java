/** The workers of each model and the choice among them; start at {@link dev.foretell.router.upstream.pool.EndpointPool}. */
@NullMarked
package dev.foretell.router.upstream.pool;

import org.jspecify.annotations.NullMarked;
