package dev.foretell.router.upstream.connection;

import dev.foretell.commons.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks the workers with calls from this event loop every 25 ms. If the check is late, the loop first reads everything
 * that has arrived. If it is half a second late, the event loop itself was blocked, and that time does not count as
 * silence. Shorter delays are normal on a busy machine and also affect the known latencies. Confined to its event loop.
 */
public final class SilenceWatch implements SilenceDetector.Watch {
    private static final long PERIOD_MILLIS = 25;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * PERIOD_MILLIS);
    private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(20 * PERIOD_MILLIS);

    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private List<Watched> watched = new ArrayList<>();
    private boolean ticking;
    private boolean late;
    private long tickedAtNanos;
    private long stoodStillNanos;

    private record Watched(SilenceDetector silence, SilenceDetector.Calls calls) {}

    public SilenceWatch(Scheduler scheduler, LongSupplier nanoClock) {
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
    }

    @Override
    public void begin(SilenceDetector silence, SilenceDetector.Calls calls) {
        watched.add(new Watched(silence, calls));
        if (!ticking) {
            ticking = true;
            tickedAtNanos = nanoClock.getAsLong();
            scheduler.after(PERIOD_MILLIS, this::tick);
        }
    }

    /** The time on a clock that stops when the event loop is blocked. */
    public long awakeNanos(long nowNanos) {
        return nowNanos - stoodStillNanos;
    }

    private void tick() {
        long now = nanoClock.getAsLong();
        long gap = now - tickedAtNanos;
        tickedAtNanos = now;
        boolean stoodStill = gap > STANDSTILL_NANOS;
        if (stoodStill) {
            stoodStillNanos += gap - PERIOD_NANOS;
        }
        boolean again = late;
        late = gap > LATE_NANOS;
        if (!stoodStill && (!late || again)) {
            look(now);
        }
        ticking = !watched.isEmpty();
        if (ticking) {
            scheduler.after(PERIOD_MILLIS, this::tick);
        }
    }

    private void look(long nowNanos) {
        List<Watched> looked = watched;
        watched = new ArrayList<>();
        for (Watched one : looked) {
            if (one.silence().look(one.calls(), awakeNanos(nowNanos), nowNanos)) {
                watched.add(one);
            }
        }
    }
}
