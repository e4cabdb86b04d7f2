package dev.foretell.router.predict.attempt;

import dev.foretell.router.upstream.pool.Endpoint;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains in words why no worker of a model can take a call. */
final class UnavailableReason {
    private UnavailableReason() {}

    static String of(List<Endpoint> endpoints) {
        long down =
                endpoints.stream().filter(endpoint -> !endpoint.host().isUp()).count();
        long draining = endpoints.stream()
                .filter(endpoint -> endpoint.host().isUp() && endpoint.isDraining())
                .count();
        long expired = endpoints.stream()
                .filter(endpoint -> endpoint.host().isUp() && !endpoint.isDraining() && endpoint.isLeaseLost())
                .count();
        long noFunction = endpoints.size() - down - draining - expired;
        return subject(endpoints.size())
                + Stream.of(
                                part(endpoints, down, "fails its probes", "fail their probes"),
                                part(endpoints, draining, "is drained", "are drained"),
                                part(endpoints, expired, "has lost its lease", "have lost their leases"),
                                part(
                                        endpoints,
                                        noFunction,
                                        "has several functions, but none with the model's name",
                                        "have several functions, but none with the model's name"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String subject(int workers) {
        return workers == 1
                ? "its only worker can take no calls: "
                : "none of its " + workers + " workers can take calls: ";
    }

    private static String part(List<Endpoint> all, long workers, String one, String several) {
        String who = all.size() == 1 ? "it" : Long.toString(workers);
        return workers == 0 ? "" : who + " " + (workers == 1 ? one : several);
    }
}
