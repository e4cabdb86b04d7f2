package dev.foretell.router.upstream.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of workers' responses in transit through this process, over all event loops: responses that are
 * being assembled or merged, and streams that wait for callers who do not read. Thread-safe.
 */
public final class ResponseMemory {
    /** Shorter responses fit the heap even at the maximum number of calls in flight. */
    public static final int SHORT_BYTES = 4 * 1024;

    private static final int HEAP_SHARE = 4;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public ResponseMemory(long most) {
        this.most = most;
    }

    /** A quarter of the heap. */
    public static ResponseMemory ofThisProcess() {
        return new ResponseMemory(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Reserves bytes; returns false, and reserves nothing, if they do not fit. */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Whether that many bytes would fit if nothing else were in transit. */
    public boolean canHold(long bytes) {
        return bytes <= most;
    }

    public void giveBack(long bytes) {
        if (bytes != 0) {
            taken.addAndGet(-bytes);
        }
    }

    public long bytesInUse() {
        return taken.get();
    }
}
