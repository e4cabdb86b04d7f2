package dev.foretell.router.upstream.pool;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.balance.Candidates;
import dev.foretell.router.balance.Policy;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.balance.RandomBits;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.breaker.FunctionFaults;
import dev.foretell.router.upstream.breaker.TrialVerdict;
import dev.foretell.router.upstream.measure.TailLatency;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one model and the choice among them. The candidates are computed at each change, so a choice is one
 * volatile read and a policy. Thread-safe.
 */
public final class EndpointPool {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointPool.class);

    private final ModelKey model;
    private final RandomBits random;
    private final BreakerConfig breaker;
    private final PoolTally tally;
    private final Consumer<Endpoint> warmUp;
    private final Runnable refresh = this::refresh;
    private List<Endpoint> endpoints = List.of();
    private volatile PolicyName policyName;
    private volatile Policy policy;
    private volatile RoutableEndpoints choice = RoutableEndpoints.NONE;

    /** @param warmUp called with each endpoint to warm up; it must not call back */
    EndpointPool(
            ModelKey model,
            PolicyName policy,
            RandomBits random,
            BreakerConfig breaker,
            PoolTally tally,
            Consumer<Endpoint> warmUp) {
        this.model = model;
        this.random = random;
        this.policyName = policy;
        this.policy = policy.create(random);
        this.breaker = breaker;
        this.tally = tally;
        this.warmUp = warmUp;
    }

    public ModelKey model() {
        return model;
    }

    /** The figures of its calls. */
    public PoolTally tally() {
        return tally;
    }

    /** Whether so few endpoints are available that ejections are ignored. */
    public boolean isPanicking() {
        return choice.panic();
    }

    /** Calls in flight at its workers, including calls for other models at the same addresses. */
    public int inFlight() {
        int sum = 0;
        for (WorkerHost host : choice.hosts()) {
            sum += host.inFlight();
        }
        return sum;
    }

    /** The mean of the recent latencies of its ready endpoints; 0 while unknown. */
    public long latencyNanos() {
        Candidates<Endpoint> ready = choice.tiers().ready();
        return ready == null
                ? 0
                : (long) ready.asList().stream()
                        .mapToDouble(Endpoint::latencyNanos)
                        .filter(latency -> latency > 0)
                        .average()
                        .orElse(0);
    }

    public PolicyName policy() {
        return policyName;
    }

    /** Changes the policy; calls in flight still find the endpoints of the old one. */
    synchronized void policy(PolicyName next) {
        if (next != policyName) {
            policy = next.create(random);
            policyName = next;
        }
    }

    /** All endpoints now, with the policy's scores for its candidates. */
    public List<EndpointView> view(long key) {
        Candidates<Endpoint> routable = choice.tiers().ready();
        return endpoints().stream()
                .map(endpoint -> EndpointView.of(endpoint, routable, policy, key))
                .toList();
    }

    /** Whether the model's policy uses keys. */
    public boolean isKeyed() {
        return policy.isKeyed();
    }

    /** The maximum batch size of the workers with batches; 0 if there are none. */
    public int batchLimit() {
        return choice.batchLimit();
    }

    public synchronized List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Takes a slot for the next attempt of a call; empty if all endpoints have been tried. If every remaining endpoint
     * is ejected or cold, it is used all the same: a bad chance is better than none.
     *
     * @param key the key of the call, for keyed policies
     */
    public Optional<Slot> take(long key, List<Endpoint> tried) {
        RoutableEndpoints now = choice;
        if (!now.trials().isEmpty()) {
            Optional<Slot> trial = takeTrial(now.trials(), tried);
            if (trial.isPresent()) {
                return trial;
            }
        }
        return slot(now.best(tried), key);
    }

    /** Takes a slot for a hedge of a call, at a ready endpoint only. */
    public Optional<Slot> takeReady(long key, List<Endpoint> tried) {
        return slot(RoutableEndpoints.without(choice.tiers().ready(), tried), key);
    }

    /** Whether there is an untried endpoint. */
    public boolean hasOther(List<Endpoint> tried) {
        return RoutableEndpoints.without(choice.tiers().reachable(), tried) != null;
    }

    /** The longest p99 of the other workers; negative if none has enough responses. */
    long p99NanosOfOthers(Endpoint endpoint) {
        return endpoints().stream()
                .filter(other -> other != endpoint)
                .mapToLong(other -> other.tail().p99Nanos(TailLatency.ENOUGH))
                .max()
                .orElse(-1);
    }

    /**
     * Whether the function fails far less often at other workers, if they have had enough recent calls. With a keyed
     * policy, one worker may get all bad inputs, so the comparison means nothing.
     */
    boolean doOthersFailLess(Endpoint endpoint, long nowNanos) {
        FunctionFaults.Share others = others(endpoint, nowNanos);
        return !isKeyed()
                && others.calls() >= breaker.threshold().minCalls()
                && others.isFarBelow(endpoint.functionFaults(nowNanos));
    }

    /** Whether it is known to fail as often there. */
    boolean doOthersFailAsOften(Endpoint endpoint, long nowNanos) {
        FunctionFaults.Share others = others(endpoint, nowNanos);
        return others.calls() >= breaker.threshold().minCalls()
                && !others.isFarBelow(endpoint.functionFaults(nowNanos));
    }

    private FunctionFaults.Share others(Endpoint endpoint, long nowNanos) {
        return endpoints().stream()
                .filter(other -> other != endpoint)
                .map(other -> other.functionFaults(nowNanos))
                .reduce(FunctionFaults.Share.NONE, FunctionFaults.Share::plus);
    }

    /** The slowest known response of any endpoint, even with few responses; negative if there are none. */
    long slowestNanos() {
        return endpoints().stream()
                .mapToLong(endpoint -> endpoint.tail().p99Nanos(1))
                .max()
                .orElse(-1);
    }

    /** Whether there is an untried, ready endpoint. */
    public boolean isOtherReady(List<Endpoint> tried) {
        return RoutableEndpoints.without(choice.tiers().ready(), tried) != null;
    }

    private Optional<Slot> slot(@Nullable Candidates<Endpoint> candidates, long key) {
        return candidates == null
                ? Optional.empty()
                : Optional.of(new Slot(candidates.get(policy.choose(candidates, key)), null));
    }

    private static Optional<Slot> takeTrial(List<Endpoint> trials, List<Endpoint> tried) {
        for (Endpoint endpoint : trials) {
            TrialVerdict trial =
                    tried.contains(endpoint) ? null : endpoint.breaker().tryTrial();
            if (trial != null) {
                return Optional.of(new Slot(endpoint, trial));
            }
        }
        return Optional.empty();
    }

    /** Completes when every endpoint has been probed once; until then an empty pool may still get candidates. */
    public Future<Void> firstProbes() {
        return Future.join(endpoints().stream()
                        .map(endpoint -> endpoint.host().firstProbes())
                        .toList())
                .mapEmpty();
    }

    /** Ejects one more endpoint, unless this exceeds the maximum share of the pool. */
    synchronized void ejectIfAllowed(double maxEjected, Runnable eject) {
        long ejected = endpoints.stream().filter(Endpoint::isEjected).count();
        if (ejected + 1 <= Math.floor(endpoints.size() * maxEjected)) {
            eject.run();
        }
    }

    synchronized void endpoints(List<Endpoint> next) {
        endpoints.forEach(endpoint -> endpoint.host().forgetListener(refresh));
        endpoints = List.copyOf(next);
        endpoints.forEach(endpoint -> endpoint.host().onChange(refresh));
        refresh();
    }

    /** A lease was lost or found again. */
    void leaseLost(Endpoint endpoint, boolean lost) {
        if (endpoint.isLeaseLost() != lost) {
            endpoint.setLeaseLost(lost);
            LOG.info("{}: lease {}", endpoint, lost ? "lost" : "found again");
            refresh();
        }
    }

    /** Sets the drained workers. */
    void setDraining(Set<WorkerId> workers) {
        List<Endpoint> moved = endpoints().stream()
                .filter(endpoint -> endpoint.isDraining() != workers.contains(endpoint.worker()))
                .toList();
        if (!moved.isEmpty()) {
            moved.forEach(endpoint -> endpoint.setDraining(!endpoint.isDraining()));
            refresh();
        }
    }

    void breakerMoved(Endpoint endpoint) {
        switch (endpoint.breaker().state()) {
            case OPEN -> {
                LOG.warn("{} is ejected because too many of its calls fail", endpoint);
                endpoint.recordEjection();
                tally.recordEjection();
            }
            case HALF_OPEN -> LOG.info("{}: on trial", endpoint);
            case CLOSED -> LOG.info("{}: readmitted", endpoint);
        }
        refresh();
    }

    /** The busy time of an endpoint has begun or ended. */
    void busyMoved() {
        refresh();
    }

    /** An endpoint gets no more batches, or gets batches again. */
    void batchTrustMoved() {
        refresh();
    }

    synchronized void refresh() {
        endpoints.stream().filter(Endpoint::isDueForWarmUp).forEach(warmUp);
        RoutableEndpoints next = RoutableEndpoints.of(endpoints, breaker);
        if (next.panic() && !choice.panic()) {
            LOG.warn("{} has too few available workers; ejected ones get calls again", model);
        } else if (choice.panic() && !next.panic()) {
            LOG.info("{} has enough available workers again; ejected ones get no calls", model);
        }
        choice = next;
    }
}
