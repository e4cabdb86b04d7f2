/**
 * Keeps calls from a worker because of its responses: ejection, busy time, lost trust in its batches; start at {@link
 * dev.foretell.router.upstream.breaker.EndpointBreaker}.
 */
@NullMarked
package dev.foretell.router.upstream.breaker;

import org.jspecify.annotations.NullMarked;
