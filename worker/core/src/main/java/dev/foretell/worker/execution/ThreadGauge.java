package dev.foretell.worker.execution;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Tells whether a thread that took long was at work or waited, or whether it was merely kept from running: preempted, or
 * stopped for garbage collection. Confined to the thread it gauges.
 */
final class ThreadGauge {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_TIME = THREADS.isCurrentThreadCpuTimeSupported();
    /** A reading costs a microsecond; this is how old one may be. */
    private static final long FRESH_NANOS = 200_000;
    private static final long BUSY_NANOS = FRESH_NANOS + 500_000;

    private final long thread = currentId();
    private long readAt;
    private long cpuNanos;
    private long waits;
    private boolean isRead;

    /** Before a call: what to compare with after it. */
    void refresh(long nowNanos) {
        if (!isRead || nowNanos - readAt > FRESH_NANOS) {
            isRead = true;
            readAt = nowNanos;
            cpuNanos = cpuNanos();
            waits = waits();
        }
    }

    /** Whether the thread used half a millisecond of CPU, or slept, parked or waited, since shortly before the last refresh. */
    boolean workedOrWaited() {
        boolean guilty = !TELLS_TIME || cpuNanos() - cpuNanos > BUSY_NANOS || waits() != waits;
        isRead = false;
        return guilty;
    }

    private static long cpuNanos() {
        return TELLS_TIME ? THREADS.getCurrentThreadCpuTime() : 0;
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
