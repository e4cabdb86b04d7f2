/** Cached responses by input: start at {@link dev.foretell.router.cache.ResponseCaches}. */
@NullMarked
package dev.foretell.router.cache;

import org.jspecify.annotations.NullMarked;
