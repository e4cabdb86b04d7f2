package dev.foretell.edge;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes are held for callers in one kind of memory, over all event loops, beside how many may be. Thread-safe. */
final class MemoryBound {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    MemoryBound(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    /** Holds so many more, or, if negative, fewer. */
    void add(long bytes) {
        held.addAndGet(bytes);
    }

    boolean isOver() {
        return held.get() > most;
    }

    /** Whether it is over by half as much again. */
    boolean isFarOver() {
        return held.get() > most + most / 2;
    }
}
