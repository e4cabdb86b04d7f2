package dev.foretell.router.upstream;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.balance.Candidates;
import dev.foretell.router.balance.Policy;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.balance.RandomBits;
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
    private final Consumer<Seat> warmUp;
    private final Runnable refresh = this::refresh;
    private List<Seat> seats = List.of();
    private volatile PolicyName policyName;
    private volatile Policy policy;
    private volatile Choice choice = Choice.NONE;

    /** @param warmUp told of each seat that is to be warmed up; must not call back */
    EndpointPool(
            ModelKey model,
            PolicyName policy,
            RandomBits random,
            BreakerConfig breaker,
            PoolTally tally,
            Consumer<Seat> warmUp) {
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

    /** Whether so few of its seats can take calls that ejections are ignored. */
    public boolean isPanicking() {
        return choice.panic();
    }

    /** Calls in flight at its workers, those for other models that the same addresses serve included. */
    public int inFlight() {
        int sum = 0;
        for (Endpoint endpoint : choice.endpoints()) {
            sum += endpoint.inFlight();
        }
        return sum;
    }

    /** The mean of its ready seats' recent latencies; 0 while none is known. */
    public long latencyNanos() {
        Candidates<Seat> ready = choice.ready();
        return ready == null
                ? 0
                : (long) ready.asList().stream()
                        .mapToDouble(Seat::latencyNanos)
                        .filter(latency -> latency > 0)
                        .average()
                        .orElse(0);
    }

    public PolicyName policy() {
        return policyName;
    }

    /** Chooses by another policy from now on; calls under way find the seats that they would have found. */
    synchronized void policy(PolicyName next) {
        if (next != policyName) {
            policy = next.create(random);
            policyName = next;
        }
    }

    /** All seats as they are now, those that the policy may choose from with what it makes of them. */
    public List<SeatView> view(long key) {
        Candidates<Seat> routable = choice.ready();
        return seats().stream()
                .map(seat -> SeatView.of(seat, routable, policy, key))
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

    public synchronized List<Seat> seats() {
        return seats;
    }

    /**
     * Takes a slot for the next attempt of a call; empty where no seat is left that was not tried. If every seat left is
     * ejected or not warm yet, that is ignored: a bad chance is better than none.
     *
     * @param key what the call is about, for policies that keep equal calls together
     */
    public Optional<Slot> take(long key, List<Seat> tried) {
        Choice now = choice;
        if (!now.trials().isEmpty()) {
            Optional<Slot> trial = takeTrial(now.trials(), tried);
            if (trial.isPresent()) {
                return trial;
            }
        }
        return slot(now.best(tried), key);
    }

    /** Takes a slot for a second copy of a call: at a seat that is as good as any, else none. */
    public Optional<Slot> takeReady(long key, List<Seat> tried) {
        return slot(Choice.without(choice.ready(), tried), key);
    }

    /** Whether there is a seat that was not tried. */
    public boolean hasOther(List<Seat> tried) {
        return Choice.without(choice.available(), tried) != null;
    }

    /** The longest p99 of other workers' answers; negative while none of them has answered often enough. */
    long p99NanosOfOthers(Seat seat) {
        return seats().stream()
                .filter(other -> other != seat)
                .mapToLong(other -> other.tail().p99Nanos(TailLatency.ENOUGH))
                .max()
                .orElse(-1);
    }

    /**
     * Whether the function fails far less often at others, as far as they have had enough calls of late. Where the policy keeps equal
     * calls together, a bad input may be a worker's alone, and nothing follows from it.
     */
    boolean doOthersFailLess(Seat seat, long nowNanos) {
        FunctionFaults.Share others = others(seat, nowNanos);
        return !isKeyed() && others.calls() >= breaker.minCalls() && others.isFarBelow(seat.functionFaults(nowNanos));
    }

    /** Whether it is known to fail as often there. */
    boolean doOthersFailAsOften(Seat seat, long nowNanos) {
        FunctionFaults.Share others = others(seat, nowNanos);
        return others.calls() >= breaker.minCalls() && !others.isFarBelow(seat.functionFaults(nowNanos));
    }

    private FunctionFaults.Share others(Seat seat, long nowNanos) {
        return seats().stream()
                .filter(other -> other != seat)
                .map(other -> other.functionFaults(nowNanos))
                .reduce(FunctionFaults.Share.NONE, FunctionFaults.Share::plus);
    }

    /** The slowest answer known of any seat, however few there were; negative where there was none. */
    long slowestNanos() {
        return seats().stream().mapToLong(seat -> seat.tail().p99Nanos(1)).max().orElse(-1);
    }

    /** Whether there is a seat as good as any that was not tried. */
    public boolean isOtherReady(List<Seat> tried) {
        return Choice.without(choice.ready(), tried) != null;
    }

    private Optional<Slot> slot(@Nullable Candidates<Seat> candidates, long key) {
        return candidates == null
                ? Optional.empty()
                : Optional.of(new Slot(candidates.get(policy.choose(candidates, key)), null));
    }

    private static Optional<Slot> takeTrial(List<Seat> trials, List<Seat> tried) {
        for (Seat seat : trials) {
            TrialVerdict trial = tried.contains(seat) ? null : seat.breaker().tryTrial();
            if (trial != null) {
                return Optional.of(new Slot(seat, trial));
            }
        }
        return Optional.empty();
    }

    /** Completes when every seat has been probed once; until then a pool that has none to offer may yet get some. */
    public Future<Void> probed() {
        return Future.join(
                        seats().stream().map(seat -> seat.endpoint().probed()).toList())
                .mapEmpty();
    }

    /** Ejects one more seat unless that is more than the given share of the pool. */
    synchronized void ejectIfAllowed(double maxEjected, Runnable eject) {
        long ejected = seats.stream().filter(Seat::isEjected).count();
        if (ejected + 1 <= Math.floor(seats.size() * maxEjected)) {
            eject.run();
        }
    }

    synchronized void seats(List<Seat> next) {
        seats.forEach(seat -> seat.endpoint().forgetListener(refresh));
        seats = List.copyOf(next);
        seats.forEach(seat -> seat.endpoint().onChange(refresh));
        refresh();
    }

    /** Takes note of a lease that was lost or found again. */
    void leaseLost(Seat seat, boolean lost) {
        if (seat.isLeaseLost() != lost) {
            seat.leaseLost(lost);
            LOG.info("{}: lease {}", seat, lost ? "lost" : "found again");
            refresh();
        }
    }

    /** Takes note of the workers that are to get no new calls. */
    void draining(Set<WorkerId> workers) {
        List<Seat> moved = seats().stream()
                .filter(seat -> seat.isDraining() != workers.contains(seat.worker()))
                .toList();
        if (!moved.isEmpty()) {
            moved.forEach(seat -> seat.draining(!seat.isDraining()));
            refresh();
        }
    }

    void breakerMoved(Seat seat) {
        switch (seat.breaker().state()) {
            case OPEN -> {
                LOG.warn("{}: ejected, too many of its calls fail", seat);
                seat.ejected();
                tally.ejected();
            }
            case HALF_OPEN -> LOG.info("{}: on trial", seat);
            case CLOSED -> LOG.info("{}: readmitted", seat);
        }
        refresh();
    }

    /** A seat asked to be left alone, or that is over. */
    void busyMoved() {
        refresh();
    }

    /** A seat is sent no more batches, or may be sent some again. */
    void batchTrustMoved() {
        refresh();
    }

    synchronized void refresh() {
        seats.stream().filter(Seat::isDueForWarmUp).forEach(warmUp);
        Choice next = Choice.of(seats, breaker);
        if (next.panic() && !choice.panic()) {
            LOG.warn("{}: too few workers left, ejected ones get calls again", model);
        } else if (choice.panic() && !next.panic()) {
            LOG.info("{}: enough workers again, ejected ones get no calls", model);
        }
        choice = next;
    }
}
