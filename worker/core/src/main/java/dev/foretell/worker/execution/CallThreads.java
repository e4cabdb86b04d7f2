package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run user code: virtual threads if this Java has them and the settings allow it, otherwise pooled
 * platform threads. Thread-safe.
 */
final class CallThreads implements AutoCloseable {
    private final CallScheduler<CallThread, FunctionCall<?>> scheduler;
    private final int width;

    private CallThreads(Executor starter, boolean kept, int width, boolean shared) {
        this.scheduler = new CallScheduler<>(width, shared, () -> recruit(starter, kept));
        this.width = width;
    }

    private CallThread recruit(Executor starter, boolean kept) {
        return new CallThread(scheduler, starter, kept);
    }

    /** @param shared whether several functions share the threads */
    static CallThreads open(boolean virtual, int width, boolean shared) {
        Executor starter = virtual && Runtime.version().feature() >= 21 ? virtualThreads() : null;
        return starter == null
                ? new CallThreads(platformThreads(), true, width, shared)
                : new CallThreads(starter, false, width, shared);
    }

    /** Uses reflection, because this module is compiled for Java 17. */
    private static @Nullable Executor virtualThreads() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Executor platformThreads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "foretell-call-" + number.getAndIncrement());
            thread.setDaemon(true);
            thread.start();
        };
    }

    void run(FunctionCall<?> call) {
        CallThread.wake(scheduler.add(call.function(), call));
    }

    void withdraw(FunctionCall<?> call) {
        scheduler.withdraw(call.function(), call);
    }

    /** Whether stuck calls occupy all threads that a function may have. */
    boolean isStuck(String function) {
        return scheduler.isStuck(function);
    }

    /** Whether no thread is left for a function, because callers do not read their streams. */
    boolean isPaused(String function) {
        return scheduler.isPaused(function);
    }

    /** Whether every thread is in a call that does not end. */
    boolean isStuck() {
        return scheduler.isStuck();
    }

    int width() {
        return width;
    }

    /** Abandons threads whose calls ended long ago; returns whether other threads have yet to return. */
    boolean giveUpStrays() {
        boolean more = false;
        for (CallThread thread : scheduler.all()) {
            FunctionCall<?> call = thread.current();
            more |= call != null && call.giveUpIfStray();
        }
        return more;
    }

    /** Interrupts the running calls and starts no further ones. */
    @Override
    public void close() {
        scheduler.close();
        scheduler.all().forEach(CallThread::interrupt);
    }
}
