package dev.foretell.router.predict;

import dev.foretell.router.upstream.Seat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words why none of a model's workers can take a call. */
final class NoWorkerReason {
    private NoWorkerReason() {}

    static String of(List<Seat> seats) {
        long down = seats.stream().filter(seat -> !seat.endpoint().isUp()).count();
        long draining = seats.stream()
                .filter(seat -> seat.endpoint().isUp() && seat.isDraining())
                .count();
        long expired = seats.stream()
                .filter(seat -> seat.endpoint().isUp() && !seat.isDraining() && seat.isLeaseLost())
                .count();
        long noFunction = seats.size() - down - draining - expired;
        return subject(seats.size())
                + Stream.of(
                                part(seats, down, "fails its probes", "fail their probes"),
                                part(seats, draining, "is drained by order", "are drained by order"),
                                part(seats, expired, "has lost its lease", "have lost their leases"),
                                part(
                                        seats,
                                        noFunction,
                                        "serves several functions, none of them named like it",
                                        "serve several functions, none of them named like it"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String subject(int workers) {
        return workers == 1
                ? "its only worker can take no calls: "
                : "none of its " + workers + " workers can take calls: ";
    }

    private static String part(List<Seat> all, long workers, String one, String several) {
        String who = all.size() == 1 ? "it" : Long.toString(workers);
        return workers == 0 ? "" : who + " " + (workers == 1 ? one : several);
    }
}
