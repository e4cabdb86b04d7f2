package dev.foretell.router.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The metrics of the shared state. Thread-safe. */
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

    /** This router's state has just been reconciled with the store. */
    public void onReconcile() {
        comparedNanos = nanoClock.getAsLong();
    }

    /** The sources of a family. */
    List<Consumer<Page>> sources(Family family) {
        return switch (family) {
            case STATE_REVISION -> List.of(page -> page.value(revision.getAsLong()));
            case STATE_AGE ->
                List.of(page ->
                        page.value((nanoClock.getAsLong() - comparedNanos) / (double) TimeUnit.SECONDS.toNanos(1)));
            case STATE_STORE_UP -> List.of(page -> page.flag(storeIsUp.getAsBoolean()));
            default -> List.of();
        };
    }
}
