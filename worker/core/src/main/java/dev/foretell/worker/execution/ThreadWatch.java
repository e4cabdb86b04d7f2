package dev.foretell.worker.execution;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The thread that watches other threads while there is something to watch. Thread-safe. */
final class ThreadWatch implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "foretell-watch");
        watch.setDaemon(true);
        return watch;
    });

    /** A check that runs once, some time after it was requested, however often that was; and again if it says so. */
    final class Look {
        private final Again look;
        private final long afterMs;
        private final AtomicBoolean wanted = new AtomicBoolean();

        private Look(Again look, long afterMs) {
            this.look = look;
            this.afterMs = afterMs;
        }

        /** A check; returns whether to repeat it. */
        interface Again {
            boolean look();
        }

        void want() {
            if (!wanted.get() && wanted.compareAndSet(false, true)) {
                try {
                    thread.schedule(this::run, afterMs, TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException closed) {
                    wanted.set(false);
                }
            }
        }

        private void run() {
            wanted.set(false);
            if (look.look()) {
                want();
            }
        }
    }

    Look look(Look.Again look, long afterMs) {
        return new Look(look, afterMs);
    }

    void every(long ms, Runnable look) {
        thread.scheduleWithFixedDelay(look, ms, ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
