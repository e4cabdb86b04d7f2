package dev.foretell.router.health;

import dev.foretell.router.upstream.Seat;
import java.util.List;

/** What keeps a worker from getting calls, if anything; the first that applies. */
public enum Standing {
    /** Registered, not probed yet. */
    JOINING,
    /** Fails its probes. */
    DOWN,
    /** By order. */
    DRAINING,
    /** Its lease has run out. */
    LOST,
    WARMING,
    EJECTED,
    /** Answers no calls, or no probes while it has calls. */
    SUSPECTED,
    READY;

    /** @param seats all that the worker has, one or more */
    public static Standing of(WorkerStatus status, List<Seat> seats) {
        return switch (status.state()) {
            case JOINING -> JOINING;
            case DOWN -> DOWN;
            case READY -> ofProbed(seats);
        };
    }

    private static Standing ofProbed(List<Seat> seats) {
        if (seats.stream().allMatch(Seat::isDraining)) {
            return DRAINING;
        }
        if (seats.stream().allMatch(Seat::isLeaseLost)) {
            return LOST;
        }
        if (seats.stream().anyMatch(Seat::isWarming)) {
            return WARMING;
        }
        if (seats.stream().allMatch(Seat::isEjected)) {
            return EJECTED;
        }
        return seats.get(0).endpoint().isSuspected() ? SUSPECTED : READY;
    }
}
