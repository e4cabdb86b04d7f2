package dev.foretell.router.upstream.call;

import io.vertx.core.buffer.Buffer;

/** The body of a call that is passed on while its caller sends it. It can be sent only once. */
public interface Upload {
    /** In bytes; -1 if unknown. */
    long length();

    /** Whether a worker got any of it; then no other worker can get it. */
    boolean isBegun();

    /** Whether the caller has to send the next bytes, because the worker has taken all others. */
    boolean awaitsCaller();

    /** Starts to send. */
    void sendTo(Taker taker);

    /** The worker's side of the upload. */
    interface Taker {
        /** Takes a piece; returns false if there is no room for another one now. */
        boolean take(Buffer piece);

        /** The upload is complete. */
        void end();

        /** Sets the action for when there is room again. */
        void onRoom(Runnable goOn);
    }
}
