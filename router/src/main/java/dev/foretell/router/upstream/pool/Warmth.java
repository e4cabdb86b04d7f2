package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.measure.LastChange;
import java.util.function.LongSupplier;

/**
 * Whether an endpoint has been warmed up since its worker came, and how much of its share of calls it gets since then.
 * Thread-safe; warm-ups begin under the pool's lock.
 */
final class Warmth {
    private final WorkerHost host;
    private final LongSupplier nanoClock;
    private volatile int warmedArrival;
    private volatile long servesSinceNanos;
    private int begunArrival;

    Warmth(WorkerHost host, LongSupplier nanoClock) {
        this.host = host;
        this.nanoClock = nanoClock;
        this.servesSinceNanos = host.upSinceNanos();
    }

    /** The effective percentage of its share. */
    long percent() {
        return host.warmthPercent(servesSinceNanos);
    }

    /** Whether it has been warmed up, or needed no warm-up, since its worker came. */
    boolean isWarm() {
        return warmedArrival == host.arrivals();
    }

    /** Whether its warm-up has begun since its worker came. */
    boolean isBegun() {
        return begunArrival == host.arrivals();
    }

    /** Marks the warm-up as begun, once per arrival; returns whether there is something to do: a sample to send. */
    boolean begin(boolean hasSample) {
        int arrival = host.arrivals();
        begunArrival = arrival;
        if (!hasSample) {
            warmedArrival = arrival;
        }
        return warmedArrival != arrival;
    }

    /** It is warm for this arrival: it gets calls, a few at first. */
    void complete(int arrival) {
        long now = nanoClock.getAsLong();
        servesSinceNanos = now;
        host.slowFrom(now);
        warmedArrival = arrival;
    }

    /** When it was last warmed up. */
    LastChange lastWarmUp() {
        return servesSinceNanos - host.upSinceNanos() > 0 ? LastChange.at(servesSinceNanos) : LastChange.NEVER;
    }

    /** Takes over the warmth of the endpoint that it replaces, if it is of the same arrival of the same worker. */
    void takeOver(Warmth before) {
        if (before.isWarm() && before.host == host) {
            warmedArrival = before.warmedArrival;
            begunArrival = before.begunArrival;
            servesSinceNanos = before.servesSinceNanos;
        }
    }
}
