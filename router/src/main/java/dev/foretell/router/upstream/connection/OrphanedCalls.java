package dev.foretell.router.upstream.connection;

/**
 * Counts the calls that their callers have abandoned while the worker still has them. Each holds a place on a
 * connection, for a second at most, and at most half of the connections may hold one. Confined to one event loop.
 */
final class OrphanedCalls {
    /** How long to wait for the response to an abandoned call. */
    static final long MAX_MILLIS = 1000;

    private int most;
    private int count;

    OrphanedCalls(int maxConnections) {
        adopt(maxConnections);
    }

    void adopt(int maxConnections) {
        most = maxConnections / 2;
    }

    /** Adds one; false if there are enough. */
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
