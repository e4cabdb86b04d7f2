package dev.foretell.worker.execution;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that run user code: virtual where this Java has them, else pooled. */
final class CallThreads {
    private CallThreads() {}

    static ExecutorService open(boolean virtual) {
        return virtual && Runtime.version().feature() >= 21 ? virtualThreads() : pooled();
    }

    /** By reflection, for this is compiled for Java 17. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return pooled();
        }
    }

    private static ExecutorService pooled() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "foretell-call-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }
}
