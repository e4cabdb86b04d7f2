package dev.foretell.worker.execution;

/** Why a call on an event loop was slow. */
enum Stall {
    /** The function computed, slept, parked or waited. */
    AT_FAULT,
    /** Something else kept the thread from running: the machine had no core for it, or garbage was collected. */
    EXCUSED,
    /** Unknown: most likely the function waited for a file, a socket or a lock. */
    UNCLEAR;

    /** Shorter calls are not slow. */
    static final long MIN_NANOS = 1_000_000;
}
