package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread, from its first call until it has been idle for a while. Thread-safe. */
final class CallThread extends CallScheduler.Member implements Runnable {
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final CallScheduler<CallThread, FunctionCall<?>> scheduler;
    private final Executor starter;
    private final boolean kept;
    private volatile @Nullable Thread thread;
    private volatile @Nullable FunctionCall<?> current;
    private boolean begun;
    private boolean replaced;

    /** @param kept whether it sleeps without calls, or ends */
    CallThread(CallScheduler<CallThread, FunctionCall<?>> scheduler, Executor starter, boolean kept) {
        this.scheduler = scheduler;
        this.starter = starter;
        this.kept = kept;
    }

    /** Called by the thread that woke it, once each time. */
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
            scheduler.lose(this);
            throw e;
        }
    }

    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Its current or last call. */
    @Nullable
    FunctionCall<?> current() {
        return current;
    }

    /** Stops expecting it to return from its call soon: another thread takes its place, within bounds. */
    void strand() {
        wake(scheduler.strand(this));
    }

    /** Its call waits for its caller to read; refuses the waiting calls that no thread is left for meanwhile. Called by itself. */
    void pause() {
        scheduler.pause(this).forEach(FunctionCall::refuse);
    }

    /** Its call goes on. Called by itself. */
    void goOn() {
        scheduler.goOn(this);
    }

    /** The number of abandoned threads of its scheduler so far. */
    int abandonedThreads() {
        return scheduler.abandonedThreads();
    }

    /** Its current stack. */
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
            scheduler.lose(this);
            wake(scheduler.summon());
        }
    }

    private void work() {
        for (FunctionCall<?> call = find(); call != null; call = find()) {
            current = call;
            call.run(this);
            current = null;
            replaced = call.isStray() && !scheduler.recover(this);
            if (replaced) {
                return;
            }
        }
    }

    private @Nullable FunctionCall<?> find() {
        FunctionCall<?> call = scheduler.next(this);
        if (call != null && scheduler.isBehind()) {
            wake(scheduler.summon());
        }
        return call;
    }

    private boolean stays() {
        return !replaced
                && !scheduler.isClosed()
                && (!scheduler.rest(this) || (kept ? sleeps() : !scheduler.dismiss(this)));
    }

    /** Sleeps until it is woken; false after a long time without that. */
    private boolean sleeps() {
        long until = System.nanoTime() + KEPT_NANOS;
        while (!isLooking()) {
            long left = until - System.nanoTime();
            if (scheduler.isClosed() || (left <= 0 && scheduler.dismiss(this))) {
                return false;
            }
            LockSupport.parkNanos(this, Math.max(1, left));
            Thread.interrupted();
        }
        return true;
    }
}
