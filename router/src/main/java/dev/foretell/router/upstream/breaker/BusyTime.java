package dev.foretell.router.upstream.breaker;

import dev.foretell.commons.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The period in which a worker asked for no calls (Retry-After). Other workers are chosen in that period, if there are
 * any. The listener is called at its start and its end. Thread-safe; has at most one timer.
 */
public final class BusyTime {
    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private final Runnable changed;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long untilNanos;

    public BusyTime(Scheduler scheduler, LongSupplier nanoClock, Runnable changed) {
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.changed = changed;
    }

    public boolean isBusy() {
        return busy.get();
    }

    /** The nanoseconds left; zero or less after the end. */
    public long remainingNanos() {
        return busy.get() ? untilNanos - nanoClock.getAsLong() : 0;
    }

    /** The worker's latest request counts. */
    public void begin(Duration length) {
        untilNanos = nanoClock.getAsLong() + length.toNanos();
        if (busy.compareAndSet(false, true)) {
            changed.run();
            look();
        }
    }

    private void look() {
        long left = untilNanos - nanoClock.getAsLong();
        if (left > 0) {
            scheduler.after(TimeUnit.NANOSECONDS.toMillis(left) + 1, this::look);
        } else {
            busy.set(false);
            changed.run();
        }
    }
}
