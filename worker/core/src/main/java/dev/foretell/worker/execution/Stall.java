package dev.foretell.worker.execution;

/** Why a call was slow. */
enum Stall {
    /** The function worked, slept, parked or waited. */
    AT_FAULT,
    /** The thread was kept from running: the machine had no core for it, or garbage was collected. */
    EXCUSED,
    /** Neither is known: the function waited for a file, a socket or a lock, most likely. */
    UNCLEAR
}
