package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread, from its first call until it has been of no use for a while. Thread-safe. */
final class CallThread extends CallScheduler.Member implements Runnable {
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final CallScheduler<CallThread, FunctionCall<?>> crew;
    private final Executor starter;
    private final boolean kept;
    private volatile @Nullable Thread thread;
    private volatile @Nullable FunctionCall<?> current;
    private boolean begun;
    private boolean replaced;

    /** @param kept whether it sleeps, where there is nothing to do, or ends */
    CallThread(CallScheduler<CallThread, FunctionCall<?>> crew, Executor starter, boolean kept) {
        this.crew = crew;
        this.starter = starter;
        this.kept = kept;
    }

    /** By whoever summoned it, once each time. */
    void wake() {
        if (begun) {
            LockSupport.unpark(thread);
        } else {
            begin();
        }
    }

    static void wake(@Nullable CallThread thread) {
        if (thread != null) {
            thread.wake();
        }
    }

    private void begin() {
        begun = true;
        try {
            starter.execute(this);
        } catch (Throwable e) {
            crew.lose(this);
            throw e;
        }
    }

    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** What it runs, or has just run. */
    @Nullable
    FunctionCall<?> current() {
        return current;
    }

    /** Gives up hope that it comes back from its call soon: another takes its place, if there are not many such yet. */
    void strand() {
        wake(crew.strand(this));
    }

    /** Threads of its crew that were given up so far. */
    int abandonedThreads() {
        return crew.abandonedThreads();
    }

    /** Where it is at this moment. */
    StackTraceElement[] stack() {
        Thread running = thread;
        return running == null ? new StackTraceElement[0] : running.getStackTrace();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            do {
                work();
            } while (stays());
        } finally {
            crew.lose(this);
            wake(crew.summon());
        }
    }

    private void work() {
        for (FunctionCall<?> call = find(); call != null; call = find()) {
            current = call;
            call.run(this);
            current = null;
            replaced = call.isStray() && !crew.recover(this);
            if (replaced) {
                return;
            }
        }
    }

    private @Nullable FunctionCall<?> find() {
        FunctionCall<?> call = crew.next(this);
        if (call != null && crew.isBehind()) {
            wake(crew.summon());
        }
        return call;
    }

    private boolean stays() {
        return !replaced && !crew.isClosed() && (!crew.rest(this) || (kept ? sleeps() : !crew.dismiss(this)));
    }

    /** Until it is summoned; false if it was not for a long time. */
    private boolean sleeps() {
        long until = System.nanoTime() + KEPT_NANOS;
        while (!isLooking()) {
            long left = until - System.nanoTime();
            if (crew.isClosed() || (left <= 0 && crew.dismiss(this))) {
                return false;
            }
            LockSupport.parkNanos(this, Math.max(1, left));
            Thread.interrupted();
        }
        return true;
    }
}
