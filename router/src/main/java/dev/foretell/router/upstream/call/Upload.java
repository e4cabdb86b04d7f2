package dev.foretell.router.upstream.call;

import io.vertx.core.buffer.Buffer;

/** The body of a call that is passed on while its caller sends it. Sent once: it cannot be repeated. */
public interface Upload {
    /** In bytes; -1 where the caller did not say. */
    long length();

    /** Whether a worker was sent any of it: then no other can be. */
    boolean isBegun();

    /** Whether what is to come next is the caller's to send: the worker has taken all that there is. */
    boolean awaitsCaller();

    /** Begins to send. */
    void sendTo(Taker taker);

    /** The worker's side of it. */
    interface Taker {
        /** Takes a piece; false if it would rather have no more until there is room. */
        boolean take(Buffer piece);

        /** That was all. */
        void end();

        /** What to do when there is room again. */
        void onRoom(Runnable goOn);
    }
}
