package dev.foretell.router.upstream.connection;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long the worker has had the first call in flight on a connection. While that is short, other calls may be sent behind
 * it; when it is long, they move to another connection. Confined to its event loop.
 */
final class FirstCall {
    /** How long it may take before the calls behind it move to another connection. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanoClock;
    private final TurnTimers timers;
    private final BooleanSupplier isFollowed;
    private final Runnable onSlow;
    private final Runnable check = this::check;
    private long sinceNanos;
    private boolean wasBehind;
    private boolean watched;

    /**
     * @param isFollowed whether there are calls behind it
     * @param onSlow called when it takes long while there are
     */
    FirstCall(LongSupplier nanoClock, TurnTimers timers, BooleanSupplier isFollowed, Runnable onSlow) {
        this.nanoClock = nanoClock;
        this.timers = timers;
        this.isFollowed = isFollowed;
        this.onSlow = onSlow;
    }

    /** It is sent on an idle connection. */
    void begin(long nowNanos) {
        sinceNanos = nowNanos;
        wasBehind = false;
    }

    /** The one before it has its response: the worker can start the next one, if there is one. */
    void advance() {
        sinceNanos = nanoClock.getAsLong();
        wasBehind = true;
    }

    /** Since when the worker has had it, or has had none. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Whether it was sent behind another one. */
    boolean wasBehind() {
        return wasBehind;
    }

    /** How long the worker has had it. */
    long tookNanos() {
        return nanoClock.getAsLong() - sinceNanos;
    }

    /** Whether it has taken so long that no call should be sent behind it. */
    boolean isSlow(long nowNanos) {
        return nowNanos - sinceNanos >= PATIENCE_NANOS;
    }

    /** A call is sent behind it. */
    void watch() {
        if (!watched) {
            watched = true;
            timers.after(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS), check);
        }
    }

    private void check() {
        watched = false;
        if (!isFollowed.getAsBoolean()) {
            return;
        }
        long left = PATIENCE_NANOS - tookNanos();
        if (left > 0) {
            watched = true;
            timers.after(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), check);
        } else {
            onSlow.run();
        }
    }
}
