package dev.foretell.router.http.admin;

import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.LastFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a worker gets no calls, or less than its share, as a sentence for the operator.
 *
 * @param endpoints all endpoints of the worker, at least one
 * @param probe why its latest probe failed
 * @param probesFailed consecutive failed probes
 * @param time converts nanoseconds of the monotonic clock to a time
 */
record NoCallsReason(
        RoutingObstacle standing,
        List<Endpoint> endpoints,
        Optional<String> probe,
        int probesFailed,
        LongFunction<Instant> time) {
    /** The latest failure over all of the worker's models. */
    static Optional<LastFailure> lastFailure(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(Endpoint::lastFailure)
                .filter(Objects::nonNull)
                .reduce((one, other) -> one.nanos() - other.nanos() > 0 ? one : other);
    }

    /** Null if the worker gets its share. */
    @Nullable
    String text() {
        return switch (standing) {
            case JOINING -> "it has not been probed yet";
            case DOWN ->
                "it fails its probes, " + probesFailed + " in a row"
                        + probe.map(why -> ": " + why).orElse("");
            case DRAINING -> "it is drained by an order until foretell routes undrain reverts it";
            case LOST ->
                "it has not renewed its lease of " + endpoints.get(0).entry().leaseMs() + " ms";
            case WARMING -> "it is still warming up";
            case SUSPECTED -> "it is silent while calls wait there";
            case EJECTED, READY -> ofSome();
        };
    }

    private @Nullable String ofSome() {
        List<Endpoint> ejected = endpoints.stream().filter(Endpoint::isEjected).toList();
        if (!ejected.isEmpty()) {
            return "it is ejected from " + models(ejected) + " until " + until(ejected)
                    + lastFailure(ejected).map(last -> ": " + last.words()).orElse("");
        }
        List<Endpoint> nameless =
                endpoints.stream().filter(Endpoint::hasNoFunction).toList();
        if (!nameless.isEmpty()) {
            return "none of its functions is for " + models(nameless);
        }
        long warmth =
                endpoints.stream().mapToLong(Endpoint::warmthPercent).min().orElse(100);
        return warmth < 100 ? "it has " + warmth + " % of its share, which grows: it came a moment ago" : null;
    }

    private Instant until(List<Endpoint> ejected) {
        return ejected.stream()
                .map(endpoint -> time.apply(endpoint.ejectionEndNanos()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private static String models(List<Endpoint> endpoints) {
        return endpoints.stream().map(endpoint -> endpoint.model().toString()).collect(Collectors.joining(", "));
    }
}
