package dev.foretell.router.admission;

/** The current limit on the calls of one model in flight. Guarded by its {@link ModelLimiter}. */
interface ConcurrencyLimit {
    int now();

    /**
     * Learns from a finished call.
     *
     * @param inFlight calls in flight when it ended, including itself
     * @param overloaded whether it failed because its workers had too much to do
     */
    void onCallEnd(long startNanos, long tookNanos, int inFlight, boolean overloaded);
}
