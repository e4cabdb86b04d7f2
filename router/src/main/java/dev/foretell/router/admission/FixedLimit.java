package dev.foretell.router.admission;

/** A constant limit. */
record FixedLimit(int now) implements ConcurrencyLimit {
    @Override
    public void onCallEnd(long startNanos, long tookNanos, int inFlight, boolean overloaded) {
        // nothing to learn
    }
}
