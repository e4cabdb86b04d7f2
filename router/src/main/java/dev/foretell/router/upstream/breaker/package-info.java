/** When a worker gets no calls because of how it answered: ejection, busy time, lost trust in its batches; start at {@link dev.foretell.router.upstream.breaker.EndpointBreaker}. */
@NullMarked
package dev.foretell.router.upstream.breaker;

import org.jspecify.annotations.NullMarked;
