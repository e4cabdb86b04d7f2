package dev.foretell.router.batch;

/** How long calls wait for each other. While no call is in flight, none waits. */
record BatchWindow(long nanos) {
    /**
     * Whether the waiting calls should leave now.
     *
     * @param waiting the number of waiting calls
     * @param full the number of calls that fill a batch
     * @param underWay the deliveries in flight
     * @param waitedNanos how long the first call has waited
     */
    boolean isOver(int waiting, int full, int underWay, long waitedNanos) {
        return waiting > 0 && (underWay == 0 || waiting >= full || waitedNanos >= nanos);
    }
}
