package dev.foretell.router.predict.attempt;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.retry.Retryable;
import dev.foretell.router.upstream.pool.EndpointPool;
import java.util.concurrent.atomic.AtomicInteger;

/** A retry at the workers of one model, as the model's retry budget sees it. Confined to one event loop. */
public abstract class PoolRetries implements Retryable {
    private final EndpointPool pool;
    private boolean exhausted;

    protected PoolRetries(EndpointPool pool) {
        this.pool = pool;
    }

    public final EndpointPool pool() {
        return pool;
    }

    /** The number of calls that fail if the budget has no room. */
    protected abstract int calls();

    @Override
    public final AtomicInteger retriesUnderWay() {
        return pool.tally().retriesUnderWay();
    }

    @Override
    public final int inFlight() {
        return pool.inFlight();
    }

    @Override
    public final void onBudgetExhausted() {
        exhausted = true;
        for (int i = 0; i < calls(); i++) {
            pool.tally().recordExhaustedBudget();
        }
    }

    /**
     * The failure for a caller.
     *
     * @param tries the number of workers that were tried
     */
    protected final PredictFailure explain(ServingException failure, int tries) {
        return new PredictFailure(failure, pool.model().toString(), tries, exhausted);
    }
}
