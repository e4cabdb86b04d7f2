package dev.foretell.router.upstream;

import java.util.function.LongSupplier;

/** A yes or no that knows when it last changed; at first no, and never changed. Thread-safe; changed by one thread at a time. */
final class TimedFlag {
    private final LongSupplier nanoClock;
    private volatile boolean set;
    private volatile Change change = Change.NEVER;

    TimedFlag(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    boolean isSet() {
        return set;
    }

    Change change() {
        return change;
    }

    void set(boolean next) {
        if (set != next) {
            change = Change.at(nanoClock.getAsLong());
            set = next;
        }
    }

    /** The same since the same time. */
    void setAs(TimedFlag other) {
        change = other.change;
        set = other.set;
    }
}
