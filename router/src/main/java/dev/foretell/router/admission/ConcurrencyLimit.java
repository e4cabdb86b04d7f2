package dev.foretell.router.admission;

/** How many calls of one model may be in flight now. Guarded by its {@link ModelLimiter}. */
interface ConcurrencyLimit {
    int now();

    /**
     * Takes note of a call that is through.
     *
     * @param inFlight calls in flight when it ended, itself included
     * @param overloaded whether it came to nothing because its workers had too much to do
     */
    void onCallEnd(long startNanos, long tookNanos, int inFlight, boolean overloaded);
}
