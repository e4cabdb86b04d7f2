package dev.foretell.router.upstream.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of workers' answers are on their way through this process, over all event loops, beside how many may be: those of
 * answers that are being put together, and those of streams that wait for callers who do not read. Thread-safe.
 */
public final class ResponseMemory {
    /** Shorter answers, times the calls that may be in flight, fit the heap. */
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

    /** Takes so many bytes more; false, and none, if they do not fit. */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
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
