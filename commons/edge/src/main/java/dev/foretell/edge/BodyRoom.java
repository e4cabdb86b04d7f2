package dev.foretell.edge;

import io.vertx.core.http.HttpServerRequest;

/** The share of one request's body in the memory for all bodies. Confined to its event loop. */
public final class BodyRoom {
    /** Shorter bodies fit the heap even at the maximum number of calls in flight. */
    private static final int SHORT_BYTES = 4 * 1024;

    private final HttpServerRequest request;
    private final long announced;
    private final int maxBytes;
    private long held = SHORT_BYTES;

    /**
     * @param announced the length that the caller announced, or 0
     * @param maxBytes the maximum length
     */
    public BodyRoom(HttpServerRequest request, long announced, int maxBytes) {
        this.request = request;
        this.announced = announced;
        this.maxBytes = maxBytes;
    }

    /** Whether the announced length fits. The memory is held until the call has its response. */
    public boolean fitsAnnounced() {
        return fits(announced);
    }

    /**
     * Whether this number of bytes fits. Reserves one and a half times the length, so that bodies of unknown length
     * need few checks.
     */
    public boolean fits(long length) {
        if (length <= held) {
            return true;
        }
        held = Math.min(maxBytes, length == announced ? length : length * 3 / 2);
        return CallerConnection.holdBody(request.connection(), held);
    }
}
