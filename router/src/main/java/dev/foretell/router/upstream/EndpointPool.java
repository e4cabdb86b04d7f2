package dev.foretell.router.upstream;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.balance.Candidates;
import dev.foretell.router.balance.Policy;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.balance.RandomBits;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
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
    private final Runnable refresh = this::refresh;
    private List<Seat> seats = List.of();
    private volatile Choice choice = new Choice(null, null, null, 0);

    /**
     * What may be chosen now: the routable seats, else also the ejected ones, and a half-open one that wants its trial call;
     * and how many calls those that take batches take at once.
     */
    private record Choice(
            @Nullable Candidates<Seat> routable,
            @Nullable Candidates<Seat> available,
            @Nullable Seat trial,
            int batchLimit) {}

    EndpointPool(ModelKey model, PolicyName policyName, RandomBits random) {
        this.model = model;
        this.policyName = policyName;
        this.policy = policyName.create(random);
    }

    public ModelKey model() {
        return model;
    }

    public PolicyName policy() {
        return policyName;
    }

    /** All seats as they are now, those that the policy may choose from with what it makes of them. */
    public List<SeatView> view(long key) {
        Candidates<Seat> routable = choice.routable;
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
     * ejected, the ejections are ignored: a bad chance is better than none.
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

    void breakerMoved(Seat seat) {
        switch (seat.breaker().state()) {
            case OPEN -> LOG.warn("{}: ejected, too many of its calls fail", seat);
            case HALF_OPEN -> LOG.info("{}: on trial", seat);
            case CLOSED -> LOG.info("{}: readmitted", seat);
        }
        refresh();
    }

    private synchronized void refresh() {
        List<Seat> available = seats.stream().filter(Seat::isAvailable).toList();
        List<Seat> routable =
                available.stream().filter(seat -> !seat.isEjected()).toList();
        Seat trial = available.stream()
                .filter(seat -> seat.breaker().state() == EndpointBreaker.State.HALF_OPEN)
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
