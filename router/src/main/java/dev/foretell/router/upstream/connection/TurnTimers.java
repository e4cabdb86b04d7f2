package dev.foretell.router.upstream.connection;

import dev.foretell.commons.time.Scheduler;

/** The parts of the event loop that a connection needs. */
public interface TurnTimers extends Scheduler {
    /** Runs an action at the end of this event-loop turn. */
    void atEndOfTurn(Runnable action);
}
