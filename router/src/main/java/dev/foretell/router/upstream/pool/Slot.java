package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.breaker.TrialVerdict;
import org.jspecify.annotations.Nullable;

/**
 * One call in flight on an endpoint. Creating it takes the slot; releasing it twice is harmless. Confined to one event
 * loop.
 */
public final class Slot {
    private final Endpoint endpoint;
    private final @Nullable TrialVerdict trial;
    private boolean released;

    /** @param trial the verdict to report to, if this is a trial call; otherwise null */
    Slot(Endpoint endpoint, @Nullable TrialVerdict trial) {
        this.endpoint = endpoint;
        this.trial = trial;
        endpoint.host().slotTaken();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether this call is part of a trial of an ejected worker. */
    public boolean isTrial() {
        return trial != null;
    }

    public @Nullable TrialVerdict trial() {
        return trial;
    }

    public void release() {
        if (!released) {
            released = true;
            endpoint.host().slotReleased();
        }
    }
}
