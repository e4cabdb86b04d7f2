package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.breaker.TrialVerdict;
import org.jspecify.annotations.Nullable;

/** One call in flight on an endpoint. Taken when made; releasing it twice is harmless. Confined to one event loop. */
public final class Slot {
    private final Endpoint endpoint;
    private final @Nullable TrialVerdict trial;
    private boolean released;

    /** @param trial what decides if the endpoint is readmitted and is to be told how the call went; null where none is */
    Slot(Endpoint endpoint, @Nullable TrialVerdict trial) {
        this.endpoint = endpoint;
        this.trial = trial;
        endpoint.host().slotTaken();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether this call has a part in deciding if an ejected worker is readmitted. */
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
