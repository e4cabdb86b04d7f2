package dev.foretell.router.upstream.connection;

/**
 * How many calls to a worker were abandoned by their callers while the worker is still at them. Each holds a place on a
 * connection, for a second at most; no more than half of the connections' number may. Confined to one event loop.
 */
final class OrphanedCalls {
    /** How long the answer to a call that was abandoned is waited for. */
    static final long MAX_MILLIS = 1000;

    private int most;
    private int count;

    OrphanedCalls(int maxConnections) {
        adopt(maxConnections);
    }

    void adopt(int maxConnections) {
        most = maxConnections / 2;
    }

    /** Another; false if there are enough. */
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
