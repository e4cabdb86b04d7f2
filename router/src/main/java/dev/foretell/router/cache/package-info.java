/** Answers that are kept for a while, by their input: start at {@link dev.foretell.router.cache.ResponseCaches}. */
@NullMarked
package dev.foretell.router.cache;

import org.jspecify.annotations.NullMarked;
