package dev.foretell.router.upstream.pool;

import dev.foretell.router.balance.Candidates;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates among a pool's endpoints, as a snapshot. Immutable.
 *
 * @param trials half-open endpoints that may take trial calls
 * @param hosts all addresses
 * @param batchLimit the maximum batch size; 0 without batches
 * @param panic whether so few are routable that ejections are ignored
 */
record RoutableEndpoints(Tiers tiers, List<Endpoint> trials, List<WorkerHost> hosts, int batchLimit, boolean panic) {
    static final RoutableEndpoints NONE =
            new RoutableEndpoints(new Tiers(null, null, null), List.of(), List.of(), 0, false);

    /**
     * The candidates in tiers: a tier is used if the one before it is empty (null).
     *
     * @param ready the routable endpoints without the busy and the suspected ones; in a panic it includes the ejected ones
     * @param routable the warm endpoints that are not ejected
     * @param reachable all that respond to probes, also the ejected and the cold ones
     */
    record Tiers(
            @Nullable Candidates<Endpoint> ready,
            @Nullable Candidates<Endpoint> routable,
            @Nullable Candidates<Endpoint> reachable) {}

    static RoutableEndpoints of(List<Endpoint> endpoints, BreakerConfig breaker) {
        List<Endpoint> reachable =
                endpoints.stream().filter(Endpoint::isAvailable).toList();
        List<Endpoint> warm =
                reachable.stream().filter(endpoint -> !endpoint.isWarming()).toList();
        List<Endpoint> routable =
                warm.stream().filter(endpoint -> !endpoint.isEjected()).toList();
        boolean panic = routable.size() < warm.size() && breaker.isPanic(routable.size(), endpoints.size());
        return new RoutableEndpoints(
                new Tiers(
                        candidates(unsuspected(notBusy(panic ? warm : routable))),
                        candidates(routable),
                        candidates(reachable)),
                notBusy(warm).stream().filter(Endpoint::isOnTrial).toList(),
                endpoints.stream().map(Endpoint::host).distinct().toList(),
                batchLimit(routable.isEmpty() ? reachable : routable),
                panic);
    }

    private static int batchLimit(List<Endpoint> endpoints) {
        return endpoints.stream()
                .mapToInt(Endpoint::batchMax)
                .filter(max -> max > 1)
                .min()
                .orElse(0);
    }

    private static List<Endpoint> notBusy(List<Endpoint> endpoints) {
        return endpoints.stream().filter(endpoint -> !endpoint.busy().isBusy()).toList();
    }

    private static List<Endpoint> unsuspected(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> !endpoint.host().isSuspected())
                .toList();
    }

    private static @Nullable Candidates<Endpoint> candidates(List<Endpoint> endpoints) {
        return endpoints.isEmpty() ? null : new Candidates<>(endpoints);
    }

    /** The best untried candidates; null if all have been tried. */
    @Nullable
    Candidates<Endpoint> best(List<Endpoint> tried) {
        Candidates<Endpoint> best = without(tiers.ready(), tried);
        if (best == null) {
            best = without(tiers.routable(), tried);
        }
        return best == null ? without(tiers.reachable(), tried) : best;
    }

    static @Nullable Candidates<Endpoint> without(@Nullable Candidates<Endpoint> candidates, List<Endpoint> tried) {
        if (candidates == null || tried.isEmpty()) {
            return candidates;
        }
        return candidates(candidates.asList().stream()
                .filter(endpoint -> !tried.contains(endpoint))
                .toList());
    }
}
