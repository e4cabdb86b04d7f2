package dev.foretell.router.health;

import dev.foretell.router.upstream.Change;
import dev.foretell.router.upstream.Seat;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

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

    /**
     * When it came to be like that.
     *
     * @param time tells of the monotonic clock's nanoseconds which time they are
     */
    public Instant since(WorkerStatus status, List<Seat> seats, LongFunction<Instant> time) {
        Change last = lastChange(seats);
        Instant changed = last.happened() ? time.apply(last.nanos()) : Instant.MIN;
        return changed.isAfter(status.since()) ? changed : status.since();
    }

    /** Of all that might keep it from being so. */
    private Change lastChange(List<Seat> seats) {
        Change drain = Change.ofAll(seats, Seat::isDraining, Seat::drainOrder);
        Change lease = drain.or(Change.ofAll(seats, Seat::isLeaseLost, Seat::lease));
        Change warmth = lease.or(Change.ofAll(seats, seat -> true, Seat::warmUp));
        Change ejection = warmth.or(Change.ofAll(seats, Seat::isEjected, Seat::ejection));
        return switch (this) {
            case JOINING, DOWN -> Change.NEVER;
            case DRAINING -> drain;
            case LOST, WARMING -> lease;
            case EJECTED -> ejection;
            case SUSPECTED, READY -> ejection.or(seats.get(0).endpoint().suspicionChange());
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
