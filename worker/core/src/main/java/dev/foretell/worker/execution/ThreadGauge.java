package dev.foretell.worker.execution;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** Measures a thread before and after a call, to explain a slow one. Confined to that thread. */
final class ThreadGauge implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_TIME = THREADS.isCurrentThreadCpuTimeSupported();
    private static final GarbageCollectorMXBean[] COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans().toArray(GarbageCollectorMXBean[]::new);

    private final long thread = currentId();
    private final RunQueueDelay queue = RunQueueDelay.ofThisThread();
    private @Nullable ThreadUse before;
    private long readAt;

    /** Measures before a call. */
    void refresh() {
        long now = System.nanoTime();
        if (before == null || now - readAt > ThreadUse.FRESH_NANOS) {
            before = read();
            readAt = now;
        }
    }

    /** Explains a call of this duration by the changes since the last refresh, which was shortly before it. */
    Stall explain(long wallNanos) {
        ThreadUse start = before;
        before = null;
        return start == null || !TELLS_TIME ? Stall.AT_FAULT : start.explain(read(), wallNanos);
    }

    /** Reads the CPU time last, because the first reading is expensive. */
    ThreadUse read() {
        return new ThreadUse(
                collections(), waits(), queue.waitNanos(), TELLS_TIME ? THREADS.getCurrentThreadCpuTime() : 0);
    }

    @Override
    public void close() {
        queue.close();
    }

    private static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            count += collector.getCollectionCount();
        }
        return count;
    }

    private long waits() {
        ThreadInfo info = THREADS.getThreadInfo(thread);
        return info == null ? 0 : info.getWaitedCount();
    }

    @SuppressWarnings("deprecation") // threadId() needs Java 19
    private static long currentId() {
        return Thread.currentThread().getId();
    }
}
