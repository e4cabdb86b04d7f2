/** How often a call is tried, and when again: start at {@link dev.foretell.router.retry.Retrier}. */
@NullMarked
package dev.foretell.router.retry;

import org.jspecify.annotations.NullMarked;
