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
        return "none of its " + seats.size() + " workers can take calls: "
                + Stream.of(
                                part(down, "do not answer their probes"),
                                part(draining, "drain by order"),
                                part(expired, "lost their lease"),
                                part(noFunction, "serve several functions, none of them named like it"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String part(long workers, String what) {
        return workers == 0 ? "" : workers + " " + what;
    }
}
