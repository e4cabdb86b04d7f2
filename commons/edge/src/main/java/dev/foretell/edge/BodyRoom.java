package dev.foretell.edge;

import io.vertx.core.http.HttpServerRequest;

/** What one request's body holds of the memory that there is for all of them. Confined to its event loop. */
public final class BodyRoom {
    /** Shorter ones, times the calls that may be in flight, fit the heap. */
    private static final int SHORT_BYTES = 4 * 1024;

    private final HttpServerRequest request;
    private final long announced;
    private final int maxBytes;
    private long held = SHORT_BYTES;

    /**
     * @param announced its length, where the caller gave one, else 0
     * @param maxBytes the longest that is taken
     */
    public BodyRoom(HttpServerRequest request, long announced, int maxBytes) {
        this.request = request;
        this.announced = announced;
        this.maxBytes = maxBytes;
    }

    /** Whether there is room for what was announced; it is held until the call is answered. */
    public boolean fitsAnnounced() {
        return fits(announced);
    }

    /**
     * Whether there is room for so many bytes of it. Holds half as much again as is needed, so as to be asked seldom where the
     * length was not announced.
     */
    public boolean fits(long length) {
        if (length <= held) {
            return true;
        }
        held = Math.min(maxBytes, length == announced ? length : length * 3 / 2);
        return CallerConnection.holdBody(request.connection(), held);
    }
}
