package dev.foretell.router.upstream.connection;

/**
 * Decides whether calls to a worker may share a connection, one behind the other. Sharing saves system calls, the
 * largest part of a short call's cost, but a slow response delays the calls behind it. So it is for workers that
 * respond well within one or two milliseconds over many calls: one slow call ends sharing, and some hundreds of fast
 * ones restore it. Confined to one event loop.
 */
final class ConnectionSharing {
    /** The maximum number of calls on one connection. */
    static final int SHARED_DEPTH = 64;

    private static final double FAST_NANOS = 2e6;
    private static final double WEIGHT = 1.0 / 64;
    /** The average starts slow, so that a worker needs about 150 fast responses first. */
    private static final double UNPROVEN_NANOS = 20e6;

    private double average = UNPROVEN_NANOS;
    private boolean never;

    /** The maximum number of calls on a connection now. */
    int depth() {
        return average < FAST_NANOS && !never ? SHARED_DEPTH : 1;
    }

    /** Records the time from when the worker could start a call to its response. */
    void observe(long serviceNanos) {
        average += (serviceNanos - average) * WEIGHT;
    }

    /** A call has delayed others: the worker has to prove itself again. */
    void distrust() {
        average = Math.max(average, UNPROVEN_NANOS);
    }

    /** A shared connection broke: the worker may not support several calls on one connection. */
    void neverShareAgain() {
        never = true;
    }
}
