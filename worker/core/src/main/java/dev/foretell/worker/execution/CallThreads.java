package dev.foretell.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The threads that run user code: virtual where this Java has them, else platform threads that are kept. Thread-safe. */
final class CallThreads implements AutoCloseable {
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final Executor starter;
    private final boolean kept;
    private final Crew<CallThread, FunctionCall<?>> crew;

    private CallThreads(Executor starter, boolean kept, int width) {
        this.starter = starter;
        this.kept = kept;
        this.crew = new Crew<>(width, CallThread::new);
    }

    static CallThreads open(boolean virtual, int width) {
        Executor starter = virtual && Runtime.version().feature() >= 21 ? virtualThreads() : null;
        return starter == null
                ? new CallThreads(platformThreads(), true, width)
                : new CallThreads(starter, false, width);
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
        wake(crew.add(call));
    }

    void withdraw(FunctionCall<?> call) {
        crew.withdraw(call);
    }

    private static void wake(@Nullable CallThread thread) {
        if (thread != null) {
            thread.wake();
        }
    }

    /** Interrupts what still runs, and begins nothing more. */
    @Override
    public void close() {
        crew.close().forEach(CallThread::interrupt);
    }

    /** One thread, from its first call until it has been of no use for a while. */
    private final class CallThread extends Crew.Member implements Runnable {
        private volatile @Nullable Thread thread;
        private boolean begun;

        /** By whoever summoned it, once each time. */
        void wake() {
            if (begun) {
                LockSupport.unpark(thread);
            } else {
                begin();
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

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                do {
                    work();
                } while (stays());
            } finally {
                crew.lose(this);
                CallThreads.wake(crew.summon());
            }
        }

        private void work() {
            for (FunctionCall<?> call = find(); call != null; call = find()) {
                call.run();
            }
        }

        private @Nullable FunctionCall<?> find() {
            boolean looked = isLooking();
            FunctionCall<?> call = crew.next(this);
            if (looked && call != null && crew.isBehind()) {
                CallThreads.wake(crew.summon());
            }
            return call;
        }

        private boolean stays() {
            return !crew.isClosed() && (!crew.rest(this) || (kept ? sleeps() : !crew.dismiss(this)));
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
}
