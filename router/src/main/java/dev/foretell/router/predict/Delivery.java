package dev.foretell.router.predict;

import dev.foretell.router.batch.Batcher;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerClient;
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

    Future<Delivered> singly(EndpointPool pool, PredictCall call) {
        return singly(pool, call, Past.NONE, null);
    }

    /** @param first the slot for its next attempt, where it has one */
    Future<Delivered> singly(EndpointPool pool, PredictCall call, Past past, @Nullable Slot first) {
        Attempts attempts = new Attempts(this, pool, call, past, first);
        return retrier.run(attempts, past.attempts() + 1).transform(attempts::ended);
    }

    /** Goes on with a call that failed so in a batch. */
    Future<Delivered> again(EndpointPool pool, PredictCall call, Past past, AttemptFailure failure) {
        Attempts attempts = new Attempts(this, pool, call, past, null);
        return retrier.again(attempts, failure, past.attempts()).transform(attempts::ended);
    }
}
