/** Retries of calls: start at {@link dev.foretell.router.retry.Retrier}. */
@NullMarked
package dev.foretell.router.retry;

import org.jspecify.annotations.NullMarked;
