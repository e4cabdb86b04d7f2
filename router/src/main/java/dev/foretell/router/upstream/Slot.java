package dev.foretell.router.upstream;

import org.jspecify.annotations.Nullable;

/** One call in flight on a seat. Taken when made; releasing it twice is harmless. Confined to one event loop. */
public final class Slot {
    private final Seat seat;
    private final @Nullable TrialVerdict trial;
    private boolean released;

    /** @param trial what decides if the seat is readmitted and is to be told how the call went; null where none is */
    Slot(Seat seat, @Nullable TrialVerdict trial) {
        this.seat = seat;
        this.trial = trial;
        seat.endpoint().slotTaken();
    }

    public Seat seat() {
        return seat;
    }

    /** Whether this call has a part in deciding if an ejected worker is readmitted. */
    public boolean isTrial() {
        return trial != null;
    }

    @Nullable
    TrialVerdict trial() {
        return trial;
    }

    void release() {
        if (!released) {
            released = true;
            seat.endpoint().slotReleased();
        }
    }
}
