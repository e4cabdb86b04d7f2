package dev.foretell.router.upstream;

import dev.foretell.router.balance.Candidates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen of a pool's seats, as they were when this was made. Each of the first three is a last resort for the one
 * before it. Immutable.
 *
 * @param ready the routable seats, in a panic the ejected ones too, except those that asked to be left alone or do not answer
 * @param routable those, too
 * @param available the ejected and the cold ones, too
 * @param trials half-open ones that may want trial calls
 * @param endpoints all addresses
 * @param batchLimit how many calls those that take batches take at once; 0 where none does
 * @param panic whether so few are routable that ejections are ignored
 */
record Choice(
        @Nullable Candidates<Seat> ready,
        @Nullable Candidates<Seat> routable,
        @Nullable Candidates<Seat> available,
        List<Seat> trials,
        List<Endpoint> endpoints,
        int batchLimit,
        boolean panic) {
    static final Choice NONE = new Choice(null, null, null, List.of(), List.of(), 0, false);

    static Choice of(List<Seat> seats, BreakerConfig breaker) {
        List<Seat> available = seats.stream().filter(Seat::isAvailable).toList();
        List<Seat> warm = available.stream().filter(seat -> !seat.isWarming()).toList();
        List<Seat> routable = warm.stream().filter(seat -> !seat.isEjected()).toList();
        boolean panic = routable.size() < warm.size() && breaker.isPanic(routable.size(), seats.size());
        return new Choice(
                candidates(answering(notBusy(panic ? warm : routable))),
                candidates(routable),
                candidates(available),
                notBusy(warm).stream().filter(Seat::isOnTrial).toList(),
                seats.stream().map(Seat::endpoint).distinct().toList(),
                batchLimit(routable.isEmpty() ? available : routable),
                panic);
    }

    private static int batchLimit(List<Seat> seats) {
        return seats.stream()
                .mapToInt(Seat::batchMax)
                .filter(max -> max > 1)
                .min()
                .orElse(0);
    }

    private static List<Seat> notBusy(List<Seat> seats) {
        return seats.stream().filter(seat -> !seat.busy().isBusy()).toList();
    }

    private static List<Seat> answering(List<Seat> seats) {
        return seats.stream().filter(seat -> !seat.endpoint().isSuspected()).toList();
    }

    private static @Nullable Candidates<Seat> candidates(List<Seat> seats) {
        return seats.isEmpty() ? null : new Candidates<>(seats);
    }

    /** The best there is that was not tried; null where all were. */
    @Nullable
    Candidates<Seat> best(List<Seat> tried) {
        Candidates<Seat> best = without(ready, tried);
        if (best == null) {
            best = without(routable, tried);
        }
        return best == null ? without(available, tried) : best;
    }

    static @Nullable Candidates<Seat> without(@Nullable Candidates<Seat> candidates, List<Seat> tried) {
        if (candidates == null || tried.isEmpty()) {
            return candidates;
        }
        return candidates(candidates.asList().stream()
                .filter(seat -> !tried.contains(seat))
                .toList());
    }
}
