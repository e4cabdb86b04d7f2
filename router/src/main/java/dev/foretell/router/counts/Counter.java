package dev.foretell.router.counts;

import java.util.concurrent.atomic.LongAdder;

/** One count: what this process counted, and what the store has of all processes. Thread-safe. */
final class Counter {
    private final LongAdder counted = new LongAdder();
    private volatile Mark mark = new Mark(0, 0);

    /**
     * How far the store has come.
     *
     * @param stored its total
     * @param confirmed how much of what was counted here is in it
     */
    private record Mark(long stored, long confirmed) {}

    void increment() {
        counted.increment();
    }

    /** By this process alone. */
    long ownCount() {
        return counted.sum();
    }

    long unstored() {
        return counted.sum() - mark.confirmed();
    }

    long total() {
        Mark now = mark;
        return now.stored() + counted.sum() - now.confirmed();
    }

    /** Whether all of it is, or was, in the store. */
    boolean isOnlyStored() {
        return mark.stored() > 0 && unstored() == 0;
    }

    void confirm(long added, long total) {
        mark = new Mark(total, mark.confirmed() + added);
    }

    void setStored(long total) {
        mark = new Mark(total, mark.confirmed());
    }
}
