package dev.foretell.router.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a worker by its probes.
 *
 * @param since when this state began
 * @param firstPass when it first passed a probe, if ever
 * @param lastPass when it last passed a probe, if ever
 * @param failCount probes failed since the last pass
 */
public record WorkerStatus(
        State state,
        Instant since,
        @Nullable Instant firstPass,
        @Nullable Instant lastPass,
        int failCount) {
    /** The state of a worker. */
    public enum State {
        /** Registered, not probed yet. */
        JOINING,
        /** Passes its probes: gets calls. */
        READY,
        /** Fails its probes: gets no calls. */
        DOWN
    }

    /** The status of a newly registered worker. */
    public static WorkerStatus ofNewcomer(Instant now) {
        return new WorkerStatus(State.JOINING, now, null, null, 0);
    }

    /** The status after a restart of the router: a healthy worker must pass a probe before it gets calls. */
    WorkerStatus toRestored(Instant now) {
        return state == State.READY ? new WorkerStatus(State.JOINING, now, firstPass, lastPass, 0) : this;
    }

    /** The status of a worker that has just left the table. */
    public static WorkerStatus unknown() {
        return ofNewcomer(Instant.EPOCH);
    }
}
