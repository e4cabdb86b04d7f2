package dev.foretell.router.admission;

import dev.foretell.commons.identity.ModelKey;
import java.util.Map;

/**
 * The figures of a model with a limit.
 *
 * @param waiting calls in the queue
 */
public record ModelLoad(ModelKey model, int limit, int inFlight, Map<Priority, Integer> waiting, Tally tally) {
    /**
     * How its calls fared since the router started.
     *
     * @param admitted calls admitted at once or after waiting
     * @param queued calls that had to wait
     * @param waited calls admitted after waiting
     * @param waitedNanos the total wait of those calls
     * @param shed calls refused because the queue was full or the wait expired
     * @param expired calls with a deadline that passed in the queue
     */
    public record Tally(long admitted, long queued, long waited, long waitedNanos, long shed, long expired) {}
}
