package dev.foretell.router.predict.batch;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.time.Scheduler;
import dev.foretell.router.predict.attempt.PoolRetries;
import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.pool.EndpointPool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The retry of a batch that did not reach its worker. Confined to its event loop. */
final class BatchRetry extends PoolRetries {
    private final List<BatchItem> items;
    private final AttemptHistory past;
    private final Scheduler scheduler;

    BatchRetry(EndpointPool pool, List<BatchItem> items, AttemptHistory past, Scheduler scheduler) {
        super(pool);
        this.items = items;
        this.past = past;
        this.scheduler = scheduler;
    }

    /** The shortest deadline of its calls, so that no caller waits past its own. */
    @Override
    public Deadline deadline() {
        return items.stream()
                .map(item -> item.call().deadline())
                .min(Comparator.comparingLong(Deadline::atNanos))
                .orElseThrow();
    }

    /** After a lost connection, each call may try the same worker again over a new one. */
    @Override
    public Optional<RetryDecision> onward(Throwable failure) {
        if (failure instanceof AttemptFailure attempt && attempt.reason().isLost()) {
            return Optional.of(RetryDecision.AT_ONCE);
        }
        return pool().hasOther(past.tried()) ? Optional.of(RetryDecision.AFTER_BACKOFF) : Optional.empty();
    }

    /** Calls that leave during the pause are not sent. */
    @Override
    public Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        scheduler.after(millis, over::complete);
        return over.future();
    }

    @Override
    protected int calls() {
        return items.size();
    }

    /** The failure for each of the callers. */
    PredictFailure explain(AttemptFailure failure) {
        return explain(failure, past.count());
    }
}
