package dev.foretell.router.retry;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a call that may be tried again tells of itself. Confined to its event loop. */
public interface Retryable {
    Deadline deadline();

    /** How it may go on after an attempt that failed so; empty where no worker is left. */
    Optional<RetryDecision> onward(Throwable failure);

    /** Waits; fails as soon as the call is broken off. */
    Future<Void> pause(long millis);

    /** Retries of its model that have a place in the budget, over all event loops. */
    AtomicInteger retriesUnderWay();

    /** Calls of its model in flight at workers, over all event loops. */
    int inFlight();

    /** Its retry found no place in the budget: the call fails. */
    void onBudgetExhausted();
}
