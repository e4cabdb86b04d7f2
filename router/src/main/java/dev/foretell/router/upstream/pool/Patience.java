package dev.foretell.router.upstream.pool;

/** How long a worker may be silent while it has a call; the same object for all calls of a model at one worker. */
public interface Patience {
    /** Negative if unknown. */
    long patienceNanos();

    /** How long until the worker is probed. */
    long probeAfterNanos();
}
