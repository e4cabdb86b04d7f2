package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainers that wait for a task at this router, in the order of their arrival. It serves them whenever a task changes, and
 * every second. At most one claim is in flight. Thread-safe.
 */
public final class ClaimQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimQueue.class);
    private static final int MAX_WAITING = 1000;

    private final Trainers trainers;
    private final Deque<Wait> waiting = new ArrayDeque<>();
    private boolean isClaiming;
    private boolean isDue;
    private boolean isClosed;

    /** A waiting trainer; its outcome completes when the wait ends. */
    public static final class Wait {
        private final String trainer;
        private final Promise<Optional<Trainers.Claimed>> outcome = Promise.promise();
        private boolean hasLeft;

        private Wait(String trainer) {
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
    public synchronized Wait enter(String trainer) {
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
        if (waiting.remove(wait)) {
            wait.outcome.tryComplete(Optional.empty());
        }
    }

    /** Claims a task for the first waiting trainer. */
    public void serve() {
        Wait first = begin();
        if (first != null) {
            trainers.claim(first.trainer).onComplete(tried -> {
                if (tried.failed()) {
                    LOG.debug("No task could be claimed", tried.cause());
                }
                end(first, tried.succeeded() ? tried.result() : Optional.empty());
            });
        }
    }

    private synchronized @Nullable Wait begin() {
        isDue = isClaiming;
        if (isClaiming || waiting.isEmpty()) {
            return null;
        }
        isClaiming = true;
        return waiting.poll();
    }

    /** The task goes to the trainer that it was claimed for, even if that one has just left: then its lease expires. */
    private void end(Wait first, Optional<Trainers.Claimed> claimed) {
        boolean again;
        synchronized (this) {
            isClaiming = false;
            again = isDue || claimed.isPresent();
            if (claimed.isEmpty() && !first.hasLeft && !isClosed) {
                waiting.addFirst(first);
            } else if (claimed.isEmpty()) {
                first.outcome.tryComplete(claimed);
            }
        }
        if (claimed.isPresent()) {
            first.outcome.tryComplete(claimed);
        }
        if (again) {
            serve();
        }
    }
}
