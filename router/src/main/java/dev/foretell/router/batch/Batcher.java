package dev.foretell.router.batch;

import dev.foretell.commons.time.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins the calls of one model on one event loop. They leave together as soon as they fill a batch, when the first of
 * them has waited for the window, or when no call of the model is in flight: at low load no call waits. Confined to its
 * event loop.
 *
 * @param <T> a call
 */
public final class Batcher<T> {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final BatchWindow window;
    private final BatchSize size;
    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private final Function<List<T>, Future<?>> delivery;
    private List<T> waiting = new ArrayList<>();
    private long firstSinceNanos;
    private int full;
    private int underWay;
    private boolean timerSet;

    /**
     * Creates a batcher.
     *
     * @param max the maximum batch size
     * @param delivery sends calls; its future completes when all of them have their outcome
     */
    public Batcher(
            int max,
            Duration window,
            @Nullable Duration targetP99,
            Scheduler scheduler,
            LongSupplier nanoClock,
            Function<List<T>, Future<?>> delivery) {
        this.window = new BatchWindow(window.toNanos());
        this.size = new BatchSize(max, targetP99);
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.delivery = delivery;
    }

    /**
     * Adds a call.
     *
     * @param limit the maximum batch size of the workers
     */
    public void join(T call, int limit) {
        if (waiting.isEmpty()) {
            firstSinceNanos = nanoClock.getAsLong();
        }
        waiting.add(call);
        full = Math.min(limit, size.current());
        look();
    }

    private void look() {
        long waited = nanoClock.getAsLong() - firstSinceNanos;
        if (window.isOver(waiting.size(), full, underWay, waited)) {
            leave();
        } else if (!waiting.isEmpty() && !timerSet) {
            timerSet = true;
            scheduler.after(Math.max(1, (window.nanos() - waited) / NANOS_PER_MILLI), this::timeIsUp);
        }
    }

    private void timeIsUp() {
        timerSet = false;
        look();
    }

    private void leave() {
        List<T> batch = waiting;
        waiting = new ArrayList<>(batch.size());
        underWay++;
        long start = nanoClock.getAsLong();
        delivery.apply(batch).onComplete(done -> {
            underWay--;
            size.observe(batch.size(), nanoClock.getAsLong() - start);
            look();
        });
    }
}
