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
 * The workers of one model and the choice among them. What may be chosen is worked out whenever something changes, so that
 * choosing itself is one volatile read and a policy. Thread-safe.
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

    /** @param warmUp told of each endpoint that is to be warmed up; must not call back */
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

    /** What it took to answer its calls. */
    public PoolTally tally() {
        return tally;
    }

    /** Whether so few of its endpoints can take calls that ejections are ignored. */
    public boolean isPanicking() {
        return choice.panic();
    }

    /** Calls in flight at its workers, those for other models that the same addresses serve included. */
    public int inFlight() {
        int sum = 0;
        for (WorkerHost host : choice.hosts()) {
            sum += host.inFlight();
        }
        return sum;
    }

    /** The mean of its ready endpoints' recent latencies; 0 while none is known. */
    public long latencyNanos() {
        Candidates<Endpoint> ready = choice.ready();
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

    /** Chooses by another policy from now on; calls under way find the endpoints that they would have found. */
    synchronized void policy(PolicyName next) {
        if (next != policyName) {
            policy = next.create(random);
            policyName = next;
        }
    }

    /** All endpoints as they are now, those that the policy may choose from with what it makes of them. */
    public List<EndpointView> view(long key) {
        Candidates<Endpoint> routable = choice.ready();
        return endpoints().stream()
                .map(endpoint -> EndpointView.of(endpoint, routable, policy, key))
                .toList();
    }

    /** Whether the model's policy keeps calls with equal keys together. */
    public boolean isKeyed() {
        return policy.isKeyed();
    }

    /** Most calls in one batch for the workers that take batches; 0 where none does. */
    public int batchLimit() {
        return choice.batchLimit();
    }

    public synchronized List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Takes a slot for the next attempt of a call; empty where no endpoint is left that was not tried. If every endpoint left is
     * ejected or not warm yet, that is ignored: a bad chance is better than none.
     *
     * @param key what the call is about, for policies that keep equal calls together
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

    /** Takes a slot for a second copy of a call: at an endpoint that is as good as any, else none. */
    public Optional<Slot> takeReady(long key, List<Endpoint> tried) {
        return slot(RoutableEndpoints.without(choice.ready(), tried), key);
    }

    /** Whether there is an endpoint that was not tried. */
    public boolean hasOther(List<Endpoint> tried) {
        return RoutableEndpoints.without(choice.available(), tried) != null;
    }

    /** The longest p99 of other workers' answers; negative while none of them has answered often enough. */
    long p99NanosOfOthers(Endpoint endpoint) {
        return endpoints().stream()
                .filter(other -> other != endpoint)
                .mapToLong(other -> other.tail().p99Nanos(TailLatency.ENOUGH))
                .max()
                .orElse(-1);
    }

    /**
     * Whether the function fails far less often at others, as far as they have had enough calls of late. Where the policy keeps equal
     * calls together, a bad input may be a worker's alone, and nothing follows from it.
     */
    boolean doOthersFailLess(Endpoint endpoint, long nowNanos) {
        FunctionFaults.Share others = others(endpoint, nowNanos);
        return !isKeyed()
                && others.calls() >= breaker.minCalls()
                && others.isFarBelow(endpoint.functionFaults(nowNanos));
    }

    /** Whether it is known to fail as often there. */
    boolean doOthersFailAsOften(Endpoint endpoint, long nowNanos) {
        FunctionFaults.Share others = others(endpoint, nowNanos);
        return others.calls() >= breaker.minCalls() && !others.isFarBelow(endpoint.functionFaults(nowNanos));
    }

    private FunctionFaults.Share others(Endpoint endpoint, long nowNanos) {
        return endpoints().stream()
                .filter(other -> other != endpoint)
                .map(other -> other.functionFaults(nowNanos))
                .reduce(FunctionFaults.Share.NONE, FunctionFaults.Share::plus);
    }

    /** The slowest answer known of any endpoint, however few there were; negative where there was none. */
    long slowestNanos() {
        return endpoints().stream()
                .mapToLong(endpoint -> endpoint.tail().p99Nanos(1))
                .max()
                .orElse(-1);
    }

    /** Whether there is an endpoint as good as any that was not tried. */
    public boolean isOtherReady(List<Endpoint> tried) {
        return RoutableEndpoints.without(choice.ready(), tried) != null;
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

    /** Completes when every endpoint has been probed once; until then a pool that has none to offer may yet get some. */
    public Future<Void> firstProbes() {
        return Future.join(endpoints().stream()
                        .map(endpoint -> endpoint.host().firstProbes())
                        .toList())
                .mapEmpty();
    }

    /** Ejects one more endpoint unless that is more than the given share of the pool. */
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

    /** Takes note of a lease that was lost or found again. */
    void leaseLost(Endpoint endpoint, boolean lost) {
        if (endpoint.isLeaseLost() != lost) {
            endpoint.setLeaseLost(lost);
            LOG.info("{}: lease {}", endpoint, lost ? "lost" : "found again");
            refresh();
        }
    }

    /** Takes note of the workers that are to get no new calls. */
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
                LOG.warn("{}: ejected, too many of its calls fail", endpoint);
                endpoint.recordEjection();
                tally.recordEjection();
            }
            case HALF_OPEN -> LOG.info("{}: on trial", endpoint);
            case CLOSED -> LOG.info("{}: readmitted", endpoint);
        }
        refresh();
    }

    /** An endpoint asked to be left alone, or that is over. */
    void busyMoved() {
        refresh();
    }

    /** An endpoint is sent no more batches, or may be sent some again. */
    void batchTrustMoved() {
        refresh();
    }

    synchronized void refresh() {
        endpoints.stream().filter(Endpoint::isDueForWarmUp).forEach(warmUp);
        RoutableEndpoints next = RoutableEndpoints.of(endpoints, breaker);
        if (next.panic() && !choice.panic()) {
            LOG.warn("{}: too few workers left, ejected ones get calls again", model);
        } else if (choice.panic() && !next.panic()) {
            LOG.info("{}: enough workers again, ejected ones get no calls", model);
        }
        choice = next;
    }
}
