package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The workers that a call may try again when no other is left: those that broke off the connection, once, for one may have
 * closed an idle connection just as the call went out on it; and those that were busy, when they are back. Confined to the
 * call's event loop.
 */
final class SecondChances {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final List<Seat> dropped = new ArrayList<>(0);
    private final List<Busy> busy = new ArrayList<>(0);
    private boolean droppedTaken;

    /** What a worker said to this call; to others it may have said otherwise since. */
    private record Busy(Seat seat, long untilNanos) {}

    SecondChances(List<Seat> dropped, LongSupplier nanoClock) {
        this.dropped.addAll(dropped);
        this.nanoClock = nanoClock;
    }

    void note(Seat seat, Reason failure) {
        busy.removeIf(one -> one.seat().equals(seat));
        long left = seat.busy().leftNanos();
        if (failure == Reason.DROPPED) {
            dropped.add(seat);
        } else if (failure == Reason.BUSY && left > 0) {
            busy.add(new Busy(seat, nanoClock.getAsLong() + left));
        }
    }

    /** Whether there is one that may be tried at once. */
    boolean isAnyNow() {
        return (!droppedTaken && !dropped.isEmpty()) || busy.stream().anyMatch(this::isBack);
    }

    /** Milliseconds until the first of the busy ones is back; empty where none was. */
    Optional<Long> soonestMillis() {
        return busy.stream()
                .map(one -> (left(one) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI)
                .min(Long::compare);
    }

    /** The ones to try now. */
    List<Seat> take() {
        List<Seat> now = new ArrayList<>(droppedTaken ? List.of() : dropped);
        droppedTaken = true;
        busy.stream().filter(this::isBack).map(Busy::seat).forEach(now::add);
        return now;
    }

    private boolean isBack(Busy one) {
        return left(one) <= 0;
    }

    private long left(Busy one) {
        return one.untilNanos() - nanoClock.getAsLong();
    }
}
