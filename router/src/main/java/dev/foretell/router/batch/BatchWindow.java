package dev.foretell.router.batch;

/** How long calls wait for each other. While none is under way there is nothing to wait for. */
record BatchWindow(long nanos) {
    /**
     * Whether the calls that wait should leave now.
     *
     * @param waiting how many wait
     * @param full how many fill a batch
     * @param underWay deliveries not yet answered
     * @param waitedNanos how long the first has waited
     */
    boolean isOver(int waiting, int full, int underWay, long waitedNanos) {
        return waiting > 0 && (underWay == 0 || waiting >= full || waitedNanos >= nanos);
    }
}
