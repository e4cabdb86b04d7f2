package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.pool.StrayResponses.Kind;
import java.util.List;

/** Handles the events of its connections, and bounds what they keep. Confined to their event loop. */
interface ConnectionOwner {
    /** The connection can take another request. */
    void free(WorkerConnection connection, long nowNanos);

    /** Something has arrived. */
    void onData();

    /** A response arrived this long after the worker could start the call, which may have been sent behind another. */
    void onResponse(long serviceNanos, boolean echoed, boolean isFollower);

    /** These calls have not been started: the connection is closing, or a slow call is before them. */
    void sendElsewhere(List<Exchange> notBegun, boolean heldUp);

    /** The worker sent bytes that belong to no request. */
    void onStray(Kind kind);

    /** Whether a connection to a worker that does not echo may be used again. */
    boolean mayBeUsedAgain();

    /** Bounds the abandoned calls of all connections. */
    AbandonedLimit abandonedLimit();

    /** The memory for responses. */
    ResponseMemory memory();

    /** The connection is closed; its calls are about to fail. */
    void onClose(WorkerConnection connection, boolean sharedWhenBroken);
}
