package dev.foretell.router.upstream.connection;

/**
 * Decides whether calls to a worker may share a connection, one behind the other. Sharing saves system calls, which are most
 * of what a short call costs; but a slow answer holds up those behind it. So it is for workers whose answers take well under
 * a millisecond or two, over many calls: one slow call ends it, some hundreds of fast ones bring it back. Confined to one
 * event loop.
 */
final class ConnectionSharing {
    /** Most calls on one connection at once. */
    static final int SHARED_DEPTH = 64;

    private static final double FAST_NANOS = 2e6;
    private static final double WEIGHT = 1.0 / 64;
    /** So that a worker proves itself first: the average starts slow and needs about 150 fast answers. */
    private static final double UNPROVEN_NANOS = 20e6;

    private double average = UNPROVEN_NANOS;
    private boolean never;

    /** How many calls may be on a connection at once. */
    int depth() {
        return average < FAST_NANOS && !never ? SHARED_DEPTH : 1;
    }

    /** Takes note of the time from when the worker could begin on a call to its answer. */
    void observe(long serviceNanos) {
        average += (serviceNanos - average) * WEIGHT;
    }

    /** A call has held up others: the worker has to prove itself anew. */
    void distrust() {
        average = Math.max(average, UNPROVEN_NANOS);
    }

    /** A shared connection broke: the worker may not be able to take calls one behind the other. */
    void neverShareAgain() {
        never = true;
    }
}
