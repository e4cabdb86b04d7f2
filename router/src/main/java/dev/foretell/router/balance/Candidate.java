package dev.foretell.router.balance;

/** The part of an endpoint that a policy sees. The values may change while a policy reads them. */
public interface Candidate {
    /** Calls in flight. */
    int inFlight();

    /** Recent latency in nanoseconds; 0 while unknown. */
    double latencyNanos();

    /** Share of calls relative to the other candidates; at least 1. Read when {@link Candidates} are created. */
    int weight();

    /** A stable number for the worker, also across restarts. */
    long identity();
}
