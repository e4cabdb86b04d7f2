package dev.foretell.router.admission;

import dev.foretell.commons.identity.ModelKey;
import java.util.Map;

/**
 * How it stands with a model that has a limit, and how it went so far.
 *
 * @param waiting calls in the queue
 * @param admitted calls let in, at once or after waiting
 * @param queued calls that had to wait
 * @param waited calls that were let in after waiting
 * @param waitedNanos how long those waited together
 * @param shed calls refused because the queue was full or the wait ran out
 * @param expired calls whose deadline passed in the queue
 */
public record ModelLoad(
        ModelKey model,
        int limit,
        int inFlight,
        Map<Priority, Integer> waiting,
        long admitted,
        long queued,
        long waited,
        long waitedNanos,
        long shed,
        long expired) {}
