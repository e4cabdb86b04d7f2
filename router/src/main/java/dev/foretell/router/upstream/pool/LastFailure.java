package dev.foretell.router.upstream.pool;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.upstream.call.AttemptFailure;

/**
 * How an attempt at a worker failed, for whoever asks why the worker gets no calls.
 *
 * @param nanos when, on the monotonic clock
 */
public record LastFailure(ModelKey model, AttemptFailure how, long nanos) {
    /** In plain words, with the worker's status where it gave one. */
    public String words() {
        return how.status() == 0 ? how.detail() : how.detail() + " (" + how.status() + ")";
    }
}
