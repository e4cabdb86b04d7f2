package dev.foretell.router.upstream.pool;

/** How long a worker may answer nothing while it has a call; for all calls of a model at one worker it is the same object. */
public interface Patience {
    /** Negative where that is not known. */
    long patienceNanos();

    /** How long until the worker is probed. */
    long probeAfterNanos();
}
