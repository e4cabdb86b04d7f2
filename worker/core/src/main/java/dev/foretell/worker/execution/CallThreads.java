package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that run user code: virtual where this Java has them, else platform threads that are kept. Thread-safe. */
final class CallThreads implements AutoCloseable {
    private final CallScheduler<CallThread, FunctionCall<?>> crew;
    private final int width;

    private CallThreads(Executor starter, boolean kept, int width, boolean shared) {
        this.crew = new CallScheduler<>(width, shared, () -> recruit(starter, kept));
        this.width = width;
    }

    private CallThread recruit(Executor starter, boolean kept) {
        return new CallThread(crew, starter, kept);
    }

    /** @param shared whether they are there for several functions */
    static CallThreads open(boolean virtual, int width, boolean shared) {
        Executor starter = virtual && Runtime.version().feature() >= 21 ? virtualThreads() : null;
        return starter == null
                ? new CallThreads(platformThreads(), true, width, shared)
                : new CallThreads(starter, false, width, shared);
    }

    /** By reflection, for this is compiled for Java 17. */
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
        CallThread.wake(crew.add(call.function(), call));
    }

    void withdraw(FunctionCall<?> call) {
        crew.withdraw(call.function(), call);
    }

    /** Whether calls of a function are in vain: what is stuck in it has all threads that it may have. */
    boolean isVain(String function) {
        return crew.isVain(function);
    }

    /** Whether every thread is in a call that does not end. */
    boolean isStuck() {
        return crew.isStuck();
    }

    int width() {
        return width;
    }

    /** Gives up threads that go on in calls that have been over for long; whether others are yet to come back from theirs. */
    boolean giveUpStrays() {
        boolean more = false;
        for (CallThread thread : crew.all()) {
            FunctionCall<?> call = thread.current();
            more |= call != null && call.giveUpIfStray();
        }
        return more;
    }

    /** Interrupts what still runs, and begins nothing more. */
    @Override
    public void close() {
        crew.close();
        crew.all().forEach(CallThread::interrupt);
    }
}
