package dev.foretell.worker.execution;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Tells why a call took its thread so long. Confined to the thread it gauges. */
final class ThreadGauge implements AutoCloseable {
    /** What a slow call was. */
    enum Stall {
        /** The function worked, slept, parked or waited. */
        AT_FAULT,
        /** The thread was kept from running: the machine had no core for it, or garbage was collected. */
        EXCUSED,
        /** Neither is known: the function waited for a file, a socket or a lock, most likely. */
        UNCLEAR
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_TIME = THREADS.isCurrentThreadCpuTimeSupported();
    private static final GarbageCollectorMXBean[] COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans().toArray(GarbageCollectorMXBean[]::new);
    /** A reading costs a few microseconds; this is how old one may be. */
    private static final long FRESH_NANOS = 250_000;

    private static final long BUSY_NANOS = FRESH_NANOS + 500_000;

    private final long thread = currentId();
    private final RunQueue queue = RunQueue.ofThisThread();
    private boolean isRead;
    private long readAt;
    private long cpuNanos;
    private long queuedNanos;
    private long collections;
    private long waits;

    /** Before a call: what to compare with after it. The CPU time is read last, for the first reading is dear. */
    void refresh() {
        long now = System.nanoTime();
        if (!isRead || now - readAt > FRESH_NANOS) {
            collections = collections();
            waits = waits();
            queuedNanos = queue.waitedNanos();
            cpuNanos = cpuNanos();
            isRead = true;
            readAt = now;
        }
    }

    /** After a call that took so long, by what happened since the last refresh, which was shortly before it. */
    Stall explain(long wallNanos) {
        isRead = false;
        if (!TELLS_TIME || cpuNanos() - cpuNanos > BUSY_NANOS || waits() != waits) {
            return Stall.AT_FAULT;
        }
        long queued = queue.waitedNanos() - queuedNanos;
        boolean excused = wallNanos - queued < LoopRunner.SLOW_NANOS || collections() != collections;
        return excused ? Stall.EXCUSED : Stall.UNCLEAR;
    }

    @Override
    public void close() {
        queue.close();
    }

    private static long cpuNanos() {
        return TELLS_TIME ? THREADS.getCurrentThreadCpuTime() : 0;
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

    @SuppressWarnings("deprecation") // threadId() is of Java 19
    private static long currentId() {
        return Thread.currentThread().getId();
    }
}
