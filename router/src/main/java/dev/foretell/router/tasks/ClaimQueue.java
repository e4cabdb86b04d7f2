package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.EngineName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainers that wait for a task at this router, in the order of their arrival. It serves them whenever a task changes, and
 * every second: the first of those with the same engines, since what one of them cannot have no other can. At most one claim is in
 * flight. Thread-safe.
 */
public final class ClaimQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimQueue.class);
    private static final int MAX_WAITING = 1000;

    private final Trainers trainers;
    private final Deque<Wait> waiting = new ArrayDeque<>();
    /** Those for which no task waits, as far as this router knows. */
    private final Set<Set<EngineName>> idle = new HashSet<>();

    private boolean isClaiming;
    private boolean isDue;
    private boolean isClosed;

    /** A waiting trainer; its outcome completes when the wait ends. */
    public static final class Wait {
        private final Trainers.Claimant trainer;
        private final Promise<Optional<Trainers.Claimed>> outcome = Promise.promise();
        private boolean isInClaim;
        private boolean hasLeft;

        private Wait(Trainers.Claimant trainer) {
            this.trainer = trainer;
        }

        public Future<Optional<Trainers.Claimed>> outcome() {
            return outcome.future();
        }
    }

    public ClaimQueue(Trainers trainers, TaskStore store) {
        this.trainers = trainers;
        store.listen(changed -> serve());
    }

    /** Waits for a task until {@link #leave}; fails with {@link FailureKind#SHED}. */
    public synchronized Wait enter(Trainers.Claimant trainer) {
        if (waiting.size() >= MAX_WAITING) {
            throw new ServingException(FailureKind.SHED, MAX_WAITING + " trainers wait at this router already");
        }
        Wait wait = new Wait(trainer);
        if (isClosed) {
            wait.outcome.complete(Optional.empty());
        } else {
            waiting.add(wait);
        }
        return wait;
    }

    /** Ends all waits, because the router stops. */
    public synchronized void close() {
        isClosed = true;
        List.copyOf(waiting).forEach(this::leave);
    }

    /** Ends a wait, because its time is over or its trainer has left. A trainer that already has a task keeps it. */
    public synchronized void leave(Wait wait) {
        wait.hasLeft = true;
        if (!wait.isInClaim && waiting.remove(wait)) {
            wait.outcome.tryComplete(Optional.empty());
        }
    }

    /** Claims tasks for waiting trainers, until none waits that one of them could run. */
    public void serve() {
        begin().ifPresent(this::claim);
    }

    private synchronized Optional<Wait> begin() {
        isDue = isClaiming;
        if (isClaiming) {
            return Optional.empty();
        }
        idle.clear();
        return choose();
    }

    /** Under the lock. */
    private Optional<Wait> choose() {
        Optional<Wait> next = waiting.stream()
                .filter(wait -> !idle.contains(wait.trainer.engines()))
                .findFirst();
        next.ifPresent(wait -> wait.isInClaim = true);
        isClaiming = next.isPresent();
        return next;
    }

    private void claim(Wait first) {
        trainers.claim(first.trainer).onComplete(tried -> {
            if (tried.failed()) {
                LOG.debug("No task could be claimed", tried.cause());
            }
            end(first, tried.succeeded() ? tried.result() : Optional.empty());
        });
    }

    /** The task goes to the trainer that it was claimed for, even if that one has just left: then its lease expires. */
    private void end(Wait first, Optional<Trainers.Claimed> claimed) {
        boolean isOver;
        Optional<Wait> next;
        synchronized (this) {
            first.isInClaim = false;
            isOver = claimed.isPresent() || first.hasLeft || isClosed;
            if (isOver) {
                waiting.remove(first);
            }
            if (isDue) {
                idle.clear();
            } else if (claimed.isEmpty()) {
                idle.add(first.trainer.engines());
            }
            isDue = false;
            next = choose();
        }
        if (isOver) {
            first.outcome.tryComplete(claimed);
        }
        next.ifPresent(this::claim);
    }
}
