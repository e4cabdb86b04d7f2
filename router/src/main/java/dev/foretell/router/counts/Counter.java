package dev.foretell.router.counts;

import java.util.concurrent.atomic.LongAdder;

/** One count: the calls of this process, and the stored total of all processes. Thread-safe. */
final class Counter {
    private final LongAdder counted = new LongAdder();
    private volatile Mark mark = new Mark(0, 0);

    /**
     * The state of the store.
     *
     * @param stored its total
     * @param confirmed the part of this process's count that the total includes
     */
    private record Mark(long stored, long confirmed) {}

    void increment() {
        counted.increment();
    }

    /** The count of this process alone. */
    long ownCount() {
        return counted.sum();
    }

    long unstoredCount() {
        return counted.sum() - mark.confirmed();
    }

    long total() {
        Mark now = mark;
        return now.stored() + counted.sum() - now.confirmed();
    }

    /** Whether the store has, or had, all of it. */
    boolean isOnlyStored() {
        return mark.stored() > 0 && unstoredCount() == 0;
    }

    void confirm(long added, long total) {
        mark = new Mark(total, mark.confirmed() + added);
    }

    void setStored(long total) {
        mark = new Mark(total, mark.confirmed());
    }
}
