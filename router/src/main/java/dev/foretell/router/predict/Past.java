package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.FunctionFault;
import dev.foretell.router.upstream.Seat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for a call before it went on by itself.
 *
 * @param dropped those of the tried that broke off the connection
 * @param attempts used up so far; workers that could not be reached use up none
 * @param last how the latest of them ended
 * @param faults of its function, of which it is not known yet whose they are
 * @param copied whether it is a copy itself, which is copied no further
 */
record Past(
        List<Seat> tried,
        List<Seat> dropped,
        int attempts,
        @Nullable AttemptFailure last,
        List<FunctionFault> faults,
        boolean copied) {
    static final Past NONE = new Past(List.of(), List.of(), 0, null, List.of(), false);

    Past {
        tried = List.copyOf(tried);
        dropped = List.copyOf(dropped);
        faults = List.copyOf(faults);
    }

    Past after(Seat seat, AttemptFailure failure) {
        return new Past(
                with(tried, seat),
                failure.reason() == Reason.DROPPED ? with(dropped, seat) : dropped,
                failure.reason() == Reason.UNREACHABLE ? attempts : attempts + 1,
                failure,
                faults,
                copied);
    }

    Past with(FunctionFault fault) {
        return new Past(tried, dropped, attempts, last, List.of(fault), copied);
    }

    /** A copy is to go elsewhere, while it has not ended there. */
    Past silentAt(Seat seat) {
        return new Past(with(tried, seat), dropped, attempts, last, faults, true);
    }

    private static List<Seat> with(List<Seat> seats, Seat seat) {
        return Stream.concat(seats.stream(), Stream.of(seat)).toList();
    }
}
