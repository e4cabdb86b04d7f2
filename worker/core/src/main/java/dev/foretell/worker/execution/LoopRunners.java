package dev.foretell.worker.execution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The runners of all event loops, and the thread that watches them. Thread-safe. */
final class LoopRunners implements AutoCloseable {
    private static final long WATCH_MS = 10;

    private final List<LoopRunner> all = new CopyOnWriteArrayList<>();
    private final ThreadLocal<LoopRunner> own;
    private final ThreadWatch watch;

    LoopRunners(LongSupplier nanoClock, ThreadWatch watch) {
        this.watch = watch;
        own = ThreadLocal.withInitial(() -> open(nanoClock));
    }

    /** The runner of the current event loop. */
    LoopRunner own() {
        return own.get();
    }

    private synchronized LoopRunner open(LongSupplier nanoClock) {
        if (all.isEmpty()) {
            watch.every(WATCH_MS, () -> all.forEach(LoopRunner::watch));
        }
        LoopRunner runner = new LoopRunner(nanoClock);
        all.add(runner);
        return runner;
    }

    /** A call that blocks an event loop permanently; null if there is none. */
    @Nullable
    Work findStuck() {
        for (LoopRunner runner : all) {
            Work stuck = runner.findStuck();
            if (stuck != null) {
                return stuck;
            }
        }
        return null;
    }

    @Override
    public void close() {
        all.forEach(LoopRunner::close);
    }
}
