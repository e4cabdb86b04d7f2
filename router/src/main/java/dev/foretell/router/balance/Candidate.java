package dev.foretell.router.balance;

/** What a policy may see of an endpoint. Values may change while a policy looks at them. */
public interface Candidate {
    /** Calls in flight. */
    int inFlight();

    /** Recent latency in nanoseconds; 0 while unknown. */
    double latencyNanos();

    /** Share of calls relative to the other candidates; at least 1. Looked at when {@link Candidates} are made. */
    int weight();

    /** Stays the same for the same worker, over restarts too. */
    long identity();
}
