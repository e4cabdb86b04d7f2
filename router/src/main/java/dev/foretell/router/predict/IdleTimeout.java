package dev.foretell.router.predict;

import dev.foretell.commons.time.TimeoutWheel;
import java.util.function.LongSupplier;

/**
 * Runs an action, once, after too long without activity. Each activity costs a few writes. Confined to its event loop.
 */
public final class IdleTimeout {
    private final TimeoutWheel wheel;
    private final long longestNanos;
    private final LongSupplier nanoClock;
    private final Runnable onSilence;
    private TimeoutWheel.Timeout timeout;
    private long heardAt;

    IdleTimeout(TimeoutWheel wheel, long longestNanos, LongSupplier nanoClock, Runnable onSilence) {
        this.wheel = wheel;
        this.longestNanos = longestNanos;
        this.nanoClock = nanoClock;
        this.onSilence = onSilence;
        this.heardAt = nanoClock.getAsLong();
        this.timeout = wheel.at(heardAt + longestNanos, this::due);
    }

    public void reset() {
        heardAt = nanoClock.getAsLong();
    }

    /** Ends the watch. */
    public void end() {
        timeout.cancel();
    }

    private void due() {
        if (nanoClock.getAsLong() - heardAt >= longestNanos) {
            onSilence.run();
        } else {
            timeout = wheel.at(heardAt + longestNanos, this::due);
        }
    }
}
