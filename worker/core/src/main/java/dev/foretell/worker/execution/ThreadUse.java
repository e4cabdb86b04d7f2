package dev.foretell.worker.execution;

/**
 * The resources that a thread has used since its start.
 *
 * @param collections garbage collections in this JVM
 * @param waits how often the thread slept, parked or waited for a monitor
 * @param queuedNanos how long it was ready to run but had no core
 * @param cpuNanos its CPU time
 */
record ThreadUse(long collections, long waits, long queuedNanos, long cpuNanos) {
    /** A reading costs a few microseconds, so several calls share one; this is its maximum age. */
    static final long FRESH_NANOS = 250_000;

    private static final long BUSY_NANOS = FRESH_NANOS + 500_000;

    /** Explains a call of {@code wallNanos} that began shortly after this reading and has just ended. */
    Stall explain(ThreadUse after, long wallNanos) {
        if (after.cpuNanos - cpuNanos > BUSY_NANOS || after.waits != waits) {
            return Stall.AT_FAULT;
        }
        long ownNanos = wallNanos - (after.queuedNanos - queuedNanos);
        return ownNanos < Stall.MIN_NANOS || after.collections != collections ? Stall.EXCUSED : Stall.UNCLEAR;
    }
}
