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
 * The trainers that wait for a task at this router, first come, first served: looked after whenever a task has changed, and every
 * second. One claim is under way at a time. Thread-safe.
 */
public final class ClaimQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimQueue.class);
    private static final int MAX_WAITING = 1000;

    private final Trainers trainers;
    private final Deque<Wait> waiting = new ArrayDeque<>();
    private boolean isClaiming;
    private boolean isDue;
    private boolean isClosed;

    /** A trainer that waits; complete once it waits no more. */
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

    /** Waits for a task, to be ended with {@link #leave}; fails with {@link FailureKind#SHED}. */
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

    /** The router stops: nobody waits for it any more. */
    public synchronized void close() {
        isClosed = true;
        List.copyOf(waiting).forEach(this::leave);
    }

    /** It has waited long enough, or is gone; one that has a task already keeps it. */
    public synchronized void leave(Wait wait) {
        wait.hasLeft = true;
        if (waiting.remove(wait)) {
            wait.outcome.tryComplete(Optional.empty());
        }
    }

    /** Looks for a task for the first one. */
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

    /** A task goes to whoever it was claimed for, even where that one has just gone: its lease will tell. */
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
