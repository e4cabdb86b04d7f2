package dev.foretell.worker.execution;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of fast functions on the event loop that made it, timing each. Confined to that loop but for {@link #watch};
 * {@code running}, {@code pace} and {@code since} are guarded by this object.
 */
final class LoopRunner {
    static final long SLOW_NANOS = 1_000_000;

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
        Object outcome = call.outcome();
        leave();
        long wall = nanoClock.getAsLong() - start;
        if (wall > SLOW_NANOS) {
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

    /** An interrupt meant for this call must not reach what the event loop does next. */
    private synchronized void leave() {
        running = null;
        pace = null;
        stuck = null;
        Thread.interrupted();
    }

    /** The call that holds up this event loop for good; null where none does. */
    @Nullable
    Work findStuck() {
        return stuck;
    }

    void close() {
        gauge.close();
    }

    /**
     * From another thread: keeps other event loops from a call like the one that is stuck here, ends that one in time, and says
     * so where it does not let itself be ended.
     */
    synchronized void watch() {
        long now = nanoClock.getAsLong();
        if (running == null || pace == null || now - since <= SLOW_NANOS) {
            return;
        }
        pace.suspend();
        if (running.isLate(now)) {
            thread.interrupt();
        }
        if (stuck == null && running.isLate(now - OverrunningCalls.GRACE.toNanos())) {
            stuck = running.work();
            OverrunningCalls.tell(running.work(), now - since, "it holds up an event loop", thread.getStackTrace());
        }
    }
}
