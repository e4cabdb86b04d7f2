package dev.foretell.router.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How it stands with the state that all routers share. Thread-safe. */
public final class StateMetrics {
    private final LongSupplier revision;
    private final BooleanSupplier storeIsUp;
    private final LongSupplier nanoClock;
    private volatile long comparedNanos;

    public StateMetrics(LongSupplier revision, BooleanSupplier storeIsUp, LongSupplier nanoClock) {
        this.revision = revision;
        this.storeIsUp = storeIsUp;
        this.nanoClock = nanoClock;
        this.comparedNanos = nanoClock.getAsLong();
    }

    /** This router's state has just been compared with the store's. */
    public void compared() {
        comparedNanos = nanoClock.getAsLong();
    }

    void writeTo(Page page) {
        page.value(Family.STATE_REVISION, revision.getAsLong());
        page.value(Family.STATE_AGE, (nanoClock.getAsLong() - comparedNanos) / (double) TimeUnit.SECONDS.toNanos(1));
        page.flag(Family.STATE_STORE_UP, storeIsUp.getAsBoolean());
    }
}
