package dev.foretell.router.admission;

import dev.foretell.commons.time.Deadline;

/** A call that asks for leave to enter. */
public interface AdmissionRequest {
    Priority priority();

    Deadline deadline();

    /** Told when the call has to wait: {@code leave}, run on its event loop, takes it out of the queue. */
    void waits(Runnable leave);
}
