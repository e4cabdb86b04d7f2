package dev.foretell.router.predict.call;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.pool.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The workers that a call may try again when no other is left: those that broke off the connection, once, for one may have
 * closed an idle connection just as the call went out on it; and those that were busy, when they are back. Confined to the
 * call's event loop.
 */
final class ReconnectAllowance {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final List<Endpoint> dropped = new ArrayList<>(0);
    private final List<Busy> busy = new ArrayList<>(0);
    private boolean droppedTaken;

    /** What a worker said to this call; to others it may have said otherwise since. */
    private record Busy(Endpoint endpoint, long untilNanos) {}

    ReconnectAllowance(List<Endpoint> dropped, LongSupplier nanoClock) {
        this.dropped.addAll(dropped);
        this.nanoClock = nanoClock;
    }

    void note(Endpoint endpoint, Reason failure) {
        busy.removeIf(one -> one.endpoint().equals(endpoint));
        long left = endpoint.busy().remainingNanos();
        if (failure == Reason.DROPPED) {
            dropped.add(endpoint);
        } else if (failure == Reason.BUSY && left > 0) {
            busy.add(new Busy(endpoint, nanoClock.getAsLong() + left));
        }
    }

    /** Whether there is one that may be tried at once. */
    boolean isAnyNow() {
        return (!droppedTaken && !dropped.isEmpty()) || busy.stream().anyMatch(this::isBack);
    }

    /** Milliseconds until the first of the busy ones is back; empty where none was. */
    Optional<Long> soonestMillis() {
        return busy.stream()
                .map(one -> (remainingNanos(one) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI)
                .min(Long::compare);
    }

    /** The ones to try now. */
    List<Endpoint> take() {
        List<Endpoint> now = new ArrayList<>(droppedTaken ? List.of() : dropped);
        droppedTaken = true;
        busy.stream().filter(this::isBack).map(Busy::endpoint).forEach(now::add);
        return now;
    }

    private boolean isBack(Busy one) {
        return remainingNanos(one) <= 0;
    }

    private long remainingNanos(Busy one) {
        return one.untilNanos() - nanoClock.getAsLong();
    }
}
