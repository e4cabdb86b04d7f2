package dev.foretell.worker.execution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The runner of each event loop, and the one thread that watches them all. Thread-safe. */
final class LoopRunners implements AutoCloseable {
    private static final long WATCH_MS = 10;

    private final List<LoopRunner> all = new CopyOnWriteArrayList<>();
    private final ThreadLocal<LoopRunner> own;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "foretell-watch");
        thread.setDaemon(true);
        return thread;
    });

    LoopRunners(LongSupplier nanoClock) {
        own = ThreadLocal.withInitial(() -> open(nanoClock));
    }

    /** Of the event loop that asks. */
    LoopRunner own() {
        return own.get();
    }

    private synchronized LoopRunner open(LongSupplier nanoClock) {
        if (all.isEmpty()) {
            watch.scheduleWithFixedDelay(
                    () -> all.forEach(LoopRunner::watch), WATCH_MS, WATCH_MS, TimeUnit.MILLISECONDS);
        }
        LoopRunner runner = new LoopRunner(nanoClock);
        all.add(runner);
        return runner;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        all.forEach(LoopRunner::close);
    }
}
