package dev.foretell.router.predict;

import dev.foretell.commons.time.TimeoutWheel;
import java.util.function.LongSupplier;

/** Acts, once, when nothing was heard for too long. A few writes each time something is. Confined to its event loop. */
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

    /** Nothing is waited for any longer. */
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
