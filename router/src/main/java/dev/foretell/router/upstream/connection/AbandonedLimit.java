package dev.foretell.router.upstream.connection;

/**
 * Counts and bounds the {@link AbandonedCalls} of all connections to one worker. Each holds a place on a connection, for a second
 * at most, and at most half of the connections may hold one. Confined to one event loop.
 */
final class AbandonedLimit {
    /** How long to wait for the response to an abandoned call. */
    static final long MAX_MILLIS = 1000;

    private int most;
    private int count;

    AbandonedLimit(int maxConnections) {
        adopt(maxConnections);
    }

    void adopt(int maxConnections) {
        most = maxConnections / 2;
    }

    /** Adds one; returns false, and adds nothing, if there are enough. */
    boolean add() {
        boolean fits = count < most;
        if (fits) {
            count++;
        }
        return fits;
    }

    void remove() {
        count--;
    }

    int count() {
        return count;
    }
}
