/** What stands in for an answer that did not come: start at {@link dev.foretell.router.fallback.Fallbacks}. */
@NullMarked
package dev.foretell.router.fallback;

import org.jspecify.annotations.NullMarked;
