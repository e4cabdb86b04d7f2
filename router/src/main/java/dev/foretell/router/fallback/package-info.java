/** Fallback responses: start at {@link dev.foretell.router.fallback.Fallbacks}. */
@NullMarked
package dev.foretell.router.fallback;

import org.jspecify.annotations.NullMarked;
