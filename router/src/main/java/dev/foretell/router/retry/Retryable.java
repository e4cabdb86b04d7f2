package dev.foretell.router.retry;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that may be retried. Confined to its event loop. */
public interface Retryable {
    Deadline deadline();

    /** How it may continue after this failure; empty if no worker is left. */
    Optional<RetryDecision> onward(Throwable failure);

    /** Waits; fails as soon as the call is cancelled. */
    Future<Void> pause(long millis);

    /** The retries of its model that hold a place in the budget, over all event loops. */
    AtomicInteger retriesUnderWay();

    /** The calls of its model in flight at workers, over all event loops. */
    int inFlight();

    /** The budget had no room for its retry, so the call fails. */
    void onBudgetExhausted();
}
