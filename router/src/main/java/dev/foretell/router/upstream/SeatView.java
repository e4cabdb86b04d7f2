package dev.foretell.router.upstream;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.balance.Candidates;
import dev.foretell.router.balance.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A seat at one moment, to explain a choice.
 *
 * @param weight as the routing map has it
 * @param warmthPercent how much of that it gets
 * @param latencyNanos 0 while unknown
 * @param score what the policy makes of it, lower is better; null where the policy does not see it
 */
public record SeatView(
        WorkerId worker,
        State state,
        int weight,
        long warmthPercent,
        int inFlight,
        double latencyNanos,
        @Nullable Double score) {
    /** What keeps a seat from calls, the gravest first. */
    public enum State {
        DOWN,
        LOST,
        DRAINING,
        /** The worker serves several functions, none of them for the model. */
        NO_FUNCTION,
        EJECTED,
        /** Ejected; one call is let through to see how it is. */
        ON_TRIAL,
        WARMING,
        /** Answers nothing while it has calls. */
        SUSPECTED,
        READY
    }

    static SeatView of(Seat seat, @Nullable Candidates<Seat> routable, Policy policy, long key) {
        int index = routable == null ? -1 : routable.asList().indexOf(seat);
        return new SeatView(
                seat.worker(),
                state(seat),
                seat.entry().share(),
                seat.warmthPercent(),
                seat.inFlight(),
                seat.latencyNanos(),
                routable == null || index < 0 ? null : policy.score(routable, index, key));
    }

    private static State state(Seat seat) {
        if (!seat.endpoint().isUp()) {
            return State.DOWN;
        }
        if (seat.isLeaseLost()) {
            return State.LOST;
        }
        if (seat.isDraining()) {
            return State.DRAINING;
        }
        if (!seat.isAvailable()) {
            return State.NO_FUNCTION;
        }
        return switch (seat.breaker().state()) {
            case CLOSED -> closed(seat);
            case OPEN -> State.EJECTED;
            case HALF_OPEN -> State.ON_TRIAL;
        };
    }

    private static State closed(Seat seat) {
        if (seat.isWarming()) {
            return State.WARMING;
        }
        return seat.endpoint().isSuspected() ? State.SUSPECTED : State.READY;
    }
}
