package dev.foretell.commons.time;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one event loop that are nearly always cancelled: setting or cancelling one costs a few writes. They fire up
 * to one tick late, never early. Confined to its event loop; turns only while a timer is set.
 *
 * <p>Source: Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 6.
 */
public final class TimeoutWheel {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int BUCKETS = 1024;

    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private final Timeout[] buckets = new Timeout[BUCKETS];
    private long turnedTo;
    private int set;
    private boolean turning;

    /** @param scheduler wakes the wheel up */
    public TimeoutWheel(Scheduler scheduler, LongSupplier nanoClock) {
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new Timeout(0, () -> {});
        }
    }

    /** A timer. A bucket is a ring of timers, closed by a head that never fires. */
    public final class Timeout {
        private final long tick;
        private final Runnable action;
        private @Nullable Timeout before;
        private @Nullable Timeout after;

        private Timeout(long tick, Runnable action) {
            this.tick = tick;
            this.action = action;
        }

        /** Cancels the timer; harmless if it has fired or was cancelled before. */
        public void cancel() {
            if (before != null) {
                unlink();
                set--;
            }
        }

        private void linkBehind(Timeout head) {
            before = head;
            after = head.after;
            if (head.after != null) {
                head.after.before = this;
            }
            head.after = this;
        }

        private void unlink() {
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            before = null;
            after = null;
        }
    }

    /** A timer that fires in that many nanoseconds. */
    public Timeout in(long nanos, Runnable action) {
        return at(nanoClock.getAsLong() + nanos, action);
    }

    /** @param atNanos when it fires, on the clock of this wheel */
    public Timeout at(long atNanos, Runnable action) {
        if (!turning) {
            turning = true;
            turnedTo = now();
            waitOneTick();
        }
        long tick = Math.max(turnedTo + 1, Math.floorDiv(atNanos - startNanos, TICK_NANOS) + 1);
        Timeout timeout = new Timeout(tick, action);
        timeout.linkBehind(buckets[(int) (tick & (BUCKETS - 1))]);
        set++;
        return timeout;
    }

    private long now() {
        return Math.floorDiv(nanoClock.getAsLong() - startNanos, TICK_NANOS);
    }

    private void waitOneTick() {
        scheduler.after(TimeUnit.NANOSECONDS.toMillis(TICK_NANOS), this::turn);
    }

    private void turn() {
        long now = now();
        long from = Math.max(turnedTo + 1, now - BUCKETS + 1);
        turnedTo = now;
        for (long tick = from; tick <= now; tick++) {
            goOff(buckets[(int) (tick & (BUCKETS - 1))], now);
        }
        turning = set > 0;
        if (turning) {
            waitOneTick();
        }
    }

    /** Starts again after each timer that fires, because its action may have cancelled others. */
    private static void goOff(Timeout head, long now) {
        Timeout next = head.after;
        while (next != null) {
            if (next.tick <= now) {
                next.cancel();
                next.action.run();
                next = head.after;
            } else {
                next = next.after;
            }
        }
    }
}
