package dev.foretell.router.admission;

import dev.foretell.commons.time.Deadline;

/** A call that asks for a permit. */
public interface AdmissionRequest {
    Priority priority();

    Deadline deadline();

    /**
     * Called when the call has to wait. {@code leave}, run on the call's event loop, removes the call from the queue.
     */
    void waits(Runnable leave);
}
