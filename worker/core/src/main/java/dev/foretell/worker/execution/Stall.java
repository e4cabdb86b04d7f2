package dev.foretell.worker.execution;

/** Why a call was slow. */
enum Stall {
    /** The function computed, slept, parked or waited. */
    AT_FAULT,
    /** Something else kept the thread from running: the machine had no core for it, or garbage was collected. */
    EXCUSED,
    /** Unknown: most likely the function waited for a file, a socket or a lock. */
    UNCLEAR
}
