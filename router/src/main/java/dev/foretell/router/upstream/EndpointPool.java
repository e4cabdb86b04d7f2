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
    private final PolicyName policyName;
    private final Policy policy;
    private final Consumer<Seat> warmUp;
    private final Runnable refresh = this::refresh;
    private List<Seat> seats = List.of();
    private volatile Choice choice = new Choice(null, null, null, 0);

    /**
     * What may be chosen now: the routable seats, else also the ejected and the cold ones, and a half-open one that wants its trial call;
     * and how many calls those that take batches take at once.
     */
    private record Choice(
            @Nullable Candidates<Seat> routable,
            @Nullable Candidates<Seat> available,
            @Nullable Seat trial,
            int batchLimit) {}

    /** @param warmUp told of each seat that is to be warmed up; must not call back */
    EndpointPool(ModelKey model, PolicyName policy, Consumer<Seat> warmUp) {
        this.warmUp = warmUp;
        this.model = model;
        this.policyName = policy;
        this.policy = policy.create(RandomBits.PER_THREAD);
    }

    public ModelKey model() {
        return model;
    }

    PolicyName policyName() {
        return policyName;
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
        Seat trial = now.trial;
        if (trial != null && !tried.contains(trial) && trial.breaker().tryTrial()) {
            return Optional.of(new Slot(trial, true));
        }
        Candidates<Seat> candidates = without(now.routable, tried);
        if (candidates == null) {
            candidates = without(now.available, tried);
        }
        return candidates == null
                ? Optional.empty()
                : Optional.of(new Slot(candidates.get(policy.choose(candidates, key)), false));
    }

    /** Completes when every seat has been probed once; until then a pool that has none to offer may yet get some. */
    public Future<Void> probed() {
        return Future.join(
                        seats().stream().map(seat -> seat.endpoint().probed()).toList())
                .mapEmpty();
    }

    private static @Nullable Candidates<Seat> without(@Nullable Candidates<Seat> candidates, List<Seat> tried) {
        if (candidates == null || tried.isEmpty()) {
            return candidates;
        }
        List<Seat> rest = candidates.asList().stream()
                .filter(seat -> !tried.contains(seat))
                .toList();
        return rest.isEmpty() ? null : new Candidates<>(rest);
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
            case OPEN -> LOG.warn("{}: ejected, too many of its calls fail", seat);
            case HALF_OPEN -> LOG.info("{}: on trial", seat);
            case CLOSED -> LOG.info("{}: readmitted", seat);
        }
        refresh();
    }

    synchronized void refresh() {
        seats.stream().filter(Seat::isDueForWarmUp).forEach(warmUp);
        List<Seat> available = seats.stream().filter(Seat::isAvailable).toList();
        List<Seat> routable = available.stream()
                .filter(seat -> !seat.isEjected() && !seat.isWarming())
                .toList();
        Seat trial = available.stream()
                .filter(seat -> seat.breaker().state() == EndpointBreaker.State.HALF_OPEN && !seat.isWarming())
                .findFirst()
                .orElse(null);
        int batchLimit = (routable.isEmpty() ? available : routable)
                .stream().mapToInt(Seat::batchMax).filter(max -> max > 1).min().orElse(0);
        choice = new Choice(candidates(routable), candidates(available), trial, batchLimit);
    }

    private static @Nullable Candidates<Seat> candidates(List<Seat> seats) {
        return seats.isEmpty() ? null : new Candidates<>(seats);
    }
}
