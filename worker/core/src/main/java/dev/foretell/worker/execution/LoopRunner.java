package dev.foretell.worker.execution;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of fast functions on its event loop and measures each one. Confined to that loop, except {@link #watch};
 * this object guards {@code running}, {@code pace} and {@code since}.
 */
final class LoopRunner {
    private final LongSupplier nanoClock;
    private final Thread thread = Thread.currentThread();
    private final ThreadGauge gauge = new ThreadGauge();
    private @Nullable FunctionCall<?> running;
    private @Nullable FunctionPace pace;
    private long since;
    private volatile @Nullable Work stuck;

    LoopRunner(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void run(FunctionCall<?> call, FunctionPace callPace) {
        gauge.refresh();
        long start = nanoClock.getAsLong();
        enter(call, callPace, start);
        Object outcome = call.runHere();
        leave();
        long wall = nanoClock.getAsLong() - start;
        if (wall > Stall.MIN_NANOS) {
            callPace.recordStall(wall, gauge.explain(wall));
        } else {
            callPace.recordOnLoop();
        }
        call.settleHere(outcome);
    }

    private synchronized void enter(FunctionCall<?> call, FunctionPace callPace, long start) {
        running = call;
        pace = callPace;
        since = start;
    }

    /** An interrupt for this call must not reach the next action of the event loop. */
    private synchronized void leave() {
        running = null;
        pace = null;
        stuck = null;
        Thread.interrupted();
    }

    /** The call that blocks this event loop permanently; null if there is none. */
    @Nullable
    Work findStuck() {
        return stuck;
    }

    void close() {
        gauge.close();
    }

    /**
     * Called by another thread: keeps other event loops from calls like the stuck one here, ends that call in time, and
     * logs it if it cannot be ended.
     */
    synchronized void watch() {
        long now = nanoClock.getAsLong();
        if (running == null || pace == null || now - since <= Stall.MIN_NANOS) {
            return;
        }
        pace.suspend();
        if (running.isLate(now)) {
            thread.interrupt();
        }
        if (stuck == null && running.isLate(now - OverrunningCalls.GRACE.toNanos())) {
            stuck = running.work();
            OverrunningCalls.tell(running.work(), now - since, "it blocks an event loop", thread.getStackTrace());
        }
    }
}
