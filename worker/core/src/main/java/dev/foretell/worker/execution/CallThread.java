package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread, from its first call until it has been idle for a while. Thread-safe. */
final class CallThread extends CallScheduler.Member implements Runnable {
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final CallScheduler<CallThread, FunctionCall<?>> crew;
    private final Executor starter;
    private final boolean kept;
    private volatile @Nullable Thread thread;
    private volatile @Nullable FunctionCall<?> current;
    private boolean begun;
    private boolean replaced;

    /** @param kept whether it sleeps without calls, or ends */
    CallThread(CallScheduler<CallThread, FunctionCall<?>> crew, Executor starter, boolean kept) {
        this.crew = crew;
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

    /** Its current or last call. */
    @Nullable
    FunctionCall<?> current() {
        return current;
    }

    /** Stops expecting it to return from its call soon: another thread takes its place, within bounds. */
    void strand() {
        wake(crew.strand(this));
    }

    /** Its call waits for somebody outside: calls that no thread is left for meanwhile are refused. By itself. */
    void hold() {
        crew.hold(this).forEach(FunctionCall::refuse);
    }

    /** Its call goes on. By itself. */
    void free() {
        crew.free(this);
    }

    /** The number of abandoned threads of its scheduler so far. */
    int abandonedThreads() {
        return crew.abandonedThreads();
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

    /** Sleeps until it is woken; false after a long time without that. */
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
