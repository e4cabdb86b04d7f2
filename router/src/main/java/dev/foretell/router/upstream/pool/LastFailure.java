package dev.foretell.router.upstream.pool;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.upstream.call.AttemptFailure;

/**
 * A failed attempt at a worker, to explain why the worker gets no calls.
 *
 * @param nanos when, on the monotonic clock
 */
public record LastFailure(ModelKey model, AttemptFailure how, long nanos) {
    /** In plain words, with the worker's status if it sent one. */
    public String words() {
        return how.status() == 0 ? how.detail() : how.detail() + " (" + how.status() + ")";
    }
}
