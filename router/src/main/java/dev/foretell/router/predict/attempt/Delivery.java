package dev.foretell.router.predict.attempt;

import dev.foretell.router.batch.Batcher;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.PriorAttempts;
import dev.foretell.router.predict.call.TimeoutWheel;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.WorkerClient;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call to one worker after the other until one answers. Each event loop has one.
 *
 * @param wheel for what is nearly always taken back: the patience with a first attempt
 */
public record Delivery(
        Retrier retrier,
        WorkerClient workers,
        Hedges hedges,
        Batcher.Timers timers,
        TimeoutWheel wheel,
        LongSupplier nanoClock) {
    public Delivery(
            Retrier retrier, WorkerClient workers, Hedges hedges, Batcher.Timers timers, LongSupplier nanoClock) {
        this(retrier, workers, hedges, timers, new TimeoutWheel(timers::after, nanoClock), nanoClock);
    }

    public Future<DeliveryResult> singly(EndpointPool pool, PredictCall call) {
        return singly(pool, call, PriorAttempts.NONE, null);
    }

    /** @param first the slot for its next attempt, where it has one */
    public Future<DeliveryResult> singly(
            EndpointPool pool, PredictCall call, PriorAttempts past, @Nullable Slot first) {
        Attempts attempts = new Attempts(this, pool, call, past, first);
        return retrier.run(attempts, past.attempts() + 1).transform(attempts::settle);
    }

    /** Goes on with a call that failed so in a batch. */
    public Future<DeliveryResult> again(
            EndpointPool pool, PredictCall call, PriorAttempts past, AttemptFailure failure) {
        Attempts attempts = new Attempts(this, pool, call, past, null);
        return retrier.again(attempts, failure, past.attempts()).transform(attempts::settle);
    }
}
