package dev.foretell.router.predict;

import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Sends a call to one worker after the other until one answers. Each event loop has one. */
record Delivery(Retrier retrier, WorkerClient workers) {
    Future<Delivered> singly(EndpointPool pool, PredictCall call) {
        return singly(pool, call, Past.NONE, null);
    }

    /** @param first the slot for its next attempt, where it has one */
    Future<Delivered> singly(EndpointPool pool, PredictCall call, Past past, @Nullable Slot first) {
        Attempts attempts = new Attempts(pool, workers, call, past, first);
        return retrier.run(call.deadline(), attempts, past.attempts() + 1)
                .map(attempts::delivered)
                .recover(failure -> Future.failedFuture(attempts.explained(failure)));
    }
}
