package dev.foretell.router.upstream;

/** One call in flight on a seat. Taken when made; releasing it twice is harmless. Confined to one event loop. */
public final class Slot {
    private final Seat seat;
    private final boolean trial;
    private boolean released;

    Slot(Seat seat, boolean trial) {
        this.seat = seat;
        this.trial = trial;
        seat.endpoint().slotTaken();
    }

    public Seat seat() {
        return seat;
    }

    /** Whether this call decides if an ejected worker is readmitted. */
    boolean isTrial() {
        return trial;
    }

    void release() {
        if (!released) {
            released = true;
            seat.endpoint().slotReleased();
        }
    }
}
