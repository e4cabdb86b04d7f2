package dev.foretell.edge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of one kind of memory that are held for callers, over all event loops, against a bound. Thread-safe.
 */
final class MemoryBound {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    MemoryBound(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    /** Adds bytes; subtracts them if negative. */
    void add(long bytes) {
        held.addAndGet(bytes);
    }

    boolean isOver() {
        return held.get() > most;
    }

    /** Whether the count is over one and a half times the bound. */
    boolean isFarOver() {
        return held.get() > most + most / 2;
    }
}
