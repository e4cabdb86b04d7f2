package dev.foretell.router.upstream.measure;

import java.util.function.LongSupplier;

/**
 * A boolean that records when it last changed; initially false and unchanged. Thread-safe; changed by one thread at a
 * time.
 */
public final class TimedFlag {
    private final LongSupplier nanoClock;
    private volatile boolean set;
    private volatile LastChange change = LastChange.NEVER;

    public TimedFlag(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    public boolean isSet() {
        return set;
    }

    public LastChange change() {
        return change;
    }

    public void set(boolean next) {
        if (set != next) {
            change = LastChange.at(nanoClock.getAsLong());
            set = next;
        }
    }

    /** Copies the value and its time. */
    public void setAs(TimedFlag other) {
        change = other.change;
        set = other.set;
    }
}
